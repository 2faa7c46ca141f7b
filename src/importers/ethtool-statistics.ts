import type { Importer } from './importer.js';
import { BlockClock } from './tools/clock.js';
import { labelsOf } from './tools/text.js';

const ROW = /^\s{1,12}(\S[^:]{0,80}): (-?\d{1,20})\s*$/;
/** Queue numbers as drivers write them: `rx_queue_0_drops`, `rx0_packets`, `rx-0.packets`, `queue_0_tx_cnt`, `[0]: rx_discards`. */
const QUEUED =
  /^(rx|tx)[_-]?(?:queue_)?(\d{1,4})[._](?:rx_|tx_)?(.{1,60})$|^queue_(\d{1,4})_(.{1,60})$|^\[(\d{1,4})\]:? (.{1,60})$/;

/**
 * `ethtool -S DEVICE`: the driver's own counters.
 *
 * ```
 * NIC statistics:
 *      rx_queue_0_packets: 232850
 *      rx_queue_0_drops: 12
 * ```
 * Names are the driver's; numbers of queues become a label. The device is told by the path only (`ethtool_-S_eth0`).
 */
export const ethtoolStatistics: Importer = {
  id: 'ethtool-statistics',
  title: 'ethtool -S',
  format: { reference: 'https://man7.org/linux/man-pages/man8/ethtool.8.html', versions: 'any driver' },
  sniff({ lines }) {
    return lines.slice(0, 30).some((line) => /^NIC statistics:\s*$/.test(line)) ? 0.97 : 0;
  },
  async read(file, sink) {
    const device = /ethtool[^/]{0,20}-S[_ ]([A-Za-z0-9.@_-]{1,32})$/.exec(file.path.replace(/\.txt$/, ''))?.[1];
    const base = labelsOf([...Object.entries(sink.context), ['device', device]]);
    const clock = new BlockClock(sink);
    let time: number | undefined;
    let number = 0;
    let rows = 0;
    for await (const line of file.lines()) {
      number++;
      if (/^NIC statistics:\s*$/.test(line)) time = clock.next(number);
      else if (clock.stamp(line, number)) time = undefined;
      const parts = ROW.exec(line);
      if (parts === null || time === undefined) {
        if (line.trim() !== '' && time !== undefined && !/^NIC statistics/.test(line))
          sink.problem('BAD_LINE', { expected: 'name: number', found: line.trim() }, number);
        continue;
      }
      rows++;
      const { name, queue } = nameOf((parts[1] ?? '').trim());
      const labels = queue === undefined ? base : { ...base, queue };
      sink
        .series(`ethtool.${name}`, labels, { kind: 'counter', unit: unitOf(name) })
        .push(time, Number(parts[2]), number);
    }
    if (rows === 0) sink.problem('NO_ROWS');
    sink.fact('ethtool.counters', rows);
    sink.format(`ethtool -S, ${rows} counters`);
  },
};

function nameOf(text: string): { name: string; queue: string | undefined } {
  const parts = QUEUED.exec(text);
  if (parts === null) return { name: text.replaceAll(' ', '_'), queue: undefined };
  const [, direction, first, rest, second, more, third, last] = parts;
  if (direction !== undefined) return { name: `${direction}_queue_${rest ?? ''}`, queue: first };
  return { name: `queue_${(more ?? last ?? '').replaceAll(' ', '_')}`, queue: second ?? third };
}

function unitOf(name: string): 'bytes' | 'packets' | 'count' {
  if (/bytes|octets/.test(name)) return 'bytes';
  return /packets|pkts|frames|drops?$|discards?$/.test(name) ? 'packets' : 'count';
}
