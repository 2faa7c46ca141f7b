// Each layer alone: one file parsed, a chart drawn, the knowledge base read.
import { causes, charts, drawSvg, importDump, lightTheme, openDump, prepare } from 'inquest';

const imported = await importDump(await openDump('data/reference-incident/dump/metrics'));
const { series } = prepare(imported);
const queue = series.find((one) => one.signal === 'net.tcp.rx_queue');
if (queue === undefined) throw new Error('no receive queue in this dump');
console.log(queue.unit, queue.kind, queue.time.length > 5);

const time = queue.time;
const spec = charts.timeline.draw(
  {
    from: time[0] ?? 0,
    to: time.at(-1) ?? 1,
    windows: [],
    rows: [
      {
        title: queue.key,
        unit: queue.unit,
        lines: [{ name: 'queue', role: 'node', time, value: queue.value, interval: false }],
      },
    ],
    language: 'en',
    description: 'receive queue',
    timeTitle: 'time (UTC)',
  },
  lightTheme,
  'wide',
);
const { svg } = await drawSvg(spec, 'receive queue');
console.log(svg.startsWith('<svg'), causes.length > 20);
