import type { Importer } from './importer.js';
import { BlockClock } from './tools/clock.js';
import { badCell, labelsOf, numberOf, reportCell, words } from './tools/text.js';

const HEAD = /^Iface\s{1,30}MTU\s{1,20}(?:Met\s{1,20})?RX-OK\s/;

const NAMES: ReadonlyMap<string, string> = new Map([
  ['RX-OK', 'proc.net.dev.receive_packets'],
  ['RX-ERR', 'proc.net.dev.receive_errs'],
  ['RX-DRP', 'proc.net.dev.receive_drop'],
  ['RX-OVR', 'proc.net.dev.receive_fifo'],
  ['TX-OK', 'proc.net.dev.transmit_packets'],
  ['TX-ERR', 'proc.net.dev.transmit_errs'],
  ['TX-DRP', 'proc.net.dev.transmit_drop'],
  ['TX-OVR', 'proc.net.dev.transmit_fifo'],
]);

/**
 * `netstat -i`: packet counters per interface.
 *
 * ```
 * Kernel Interface table
 * Iface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg
 * eth0             1500      476      0      0 0           312      0      0      0 BMRU
 * ```
 */
export const netstatInterfaces: Importer = {
  id: 'netstat-interfaces',
  title: 'netstat -i',
  format: {
    reference: 'https://github.com/ecki/net-tools/blob/master/lib/interface.c',
    versions: 'net-tools 1.60 to 2.10',
  },
  sniff({ lines }) {
    return lines.slice(0, 40).some((line) => HEAD.test(line)) ? 0.97 : 0;
  },
  async read(file, sink) {
    const clock = new BlockClock(sink);
    let columns: readonly string[] = [];
    let time = 0;
    let number = 0;
    let rows = 0;
    for await (const line of file.lines()) {
      number++;
      if (clock.stamp(line, number)) continue;
      const cells = words(line);
      if (HEAD.test(line)) {
        columns = cells;
        time = clock.next(number);
        continue;
      }
      if (columns.length === 0 || cells.length < 4 || badCell(sink, cells[1], number)) continue;
      if (cells.length < columns.length - 1) {
        sink.problem('SHORT_ROW', { expected: columns.length, found: cells.length }, number);
        continue;
      }
      rows++;
      const labels = labelsOf([...Object.entries(sink.context), ['device', cells[0]]]);
      sink.fact('link.mtu', numberOf(cells[1]), { labels, line: number });
      for (const [i, column] of columns.entries()) {
        const name = NAMES.get(column);
        const value = numberOf(cells[i]);
        if (name === undefined) continue;
        if (Number.isNaN(value)) reportCell(sink, cells[i], number);
        else sink.series(name, labels, { kind: 'counter' }).push(time, value, number);
      }
    }
    if (rows === 0) sink.problem('NO_ROWS');
    sink.fact('netstat.interfaces', rows);
    sink.format(`netstat -i, ${rows} rows`);
  },
};
