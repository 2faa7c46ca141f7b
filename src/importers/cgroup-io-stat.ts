import { labelled } from '../proc/labels.js';
import { eachLine, fields, firstLine, numberOf } from '../proc/snapshot.js';
import type { Importer, SeriesHints } from './importer.js';

const BYTES: SeriesHints = { kind: 'counter', unit: 'bytes' };
const COUNTER: SeriesHints = { kind: 'counter', unit: 'operations' };

/** `io.stat` of a cgroup v2: bytes and operations by device: `8:0 rbytes=… wbytes=… rios=… wios=… dbytes=… dios=…`. */
export const cgroupIoStat = {
  id: 'cgroup-io-stat',
  title: 'disk use of a cgroup (io.stat)',
  format: { reference: 'https://docs.kernel.org/admin-guide/cgroup-v2.html#io-interface-files', versions: 'cgroup v2' },
  sniff: ({ lines }) => (/^\d+:\d+ (?:[\w=. ]{1,400} )?rbytes=\d/.test(firstLine(lines)) ? 0.97 : 0),
  read: async (file, sink) => {
    await eachLine(file, sink, (text, line, time) => {
      const [device, ...cells] = fields(text);
      if (!/^\d+:\d+$/.test(device!))
        return sink.problem('BAD_LINE', { expected: 'a device and its numbers', found: text }, line);
      const labels = labelled.with(sink.context, 'device', device!);
      for (const cell of cells) {
        const equals = cell.indexOf('=');
        const value = numberOf(cell.slice(equals + 1));
        const key = cell.slice(0, Math.max(0, equals));
        if (value === undefined || key === '') sink.problem('BAD_NUMBER', { found: cell }, line);
        else
          sink.series(`cgroup.io.stat.${key}`, labels, key.endsWith('bytes') ? BYTES : COUNTER).push(time, value, line);
      }
    });
  },
} as const satisfies Importer;
