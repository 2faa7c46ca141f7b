import type { Importer, Sink } from './importer.js';
import { words } from './tools/text.js';

const EXTENDED = /^\s{0,8}CPU\s{1,12}(?=.*\b(?:NODE|SOCKET|CORE)\b)[A-Z0-9:a-z -]{1,200}$/;
const PARSABLE = /^# ?CPU,(?=.*\b(?:Core|Socket|Node)\b)[\w,:-]{1,200}$/i;

/**
 * `lscpu -e` and `lscpu -p`: one line per processor. The CPUs of each memory node, socket and their number are facts, as
 * `lscpu` states them.
 *
 *     CPU NODE SOCKET CORE L1d:L1i:L2:L3 ONLINE          # CPU,Core,Socket,Node,,L1d,L1i,L2,L3
 *       0    0      0    0 0:0:0:0          yes          0,0,0,0,,0,0,0,0
 */
export const lscpuTable: Importer = {
  id: 'lscpu-table',
  title: 'lscpu -e, lscpu -p',
  format: { reference: 'https://man7.org/linux/man-pages/man1/lscpu.1.html', versions: 'util-linux 2.20 and later' },
  sniff({ lines }) {
    return lines.slice(0, 20).some((line) => PARSABLE.test(line) || EXTENDED.test(line)) ? 0.96 : 0;
  },
  async read(file, sink) {
    let columns: readonly string[] = [];
    let comma = false;
    const cpus: ReadonlyMap<string, string>[] = [];
    let number = 0;
    for await (const line of file.lines()) {
      number++;
      if (PARSABLE.test(line) || EXTENDED.test(line)) {
        comma = PARSABLE.test(line);
        columns = comma ? line.replace(/^# ?/, '').toUpperCase().split(',') : words(line);
        continue;
      }
      if (line.startsWith('#') || line.trim() === '' || columns.length === 0) continue;
      const cells = comma ? line.trim().split(',') : words(line);
      if (!/^\d{1,6}$/.test(cells[0] ?? '')) {
        sink.problem('BAD_LINE', { expected: 'a processor', found: line }, number);
        continue;
      }
      sink.passed(number);
      cpus.push(new Map(columns.map((column, i) => [column, cells[i] ?? ''])));
    }
    if (cpus.length === 0) return sink.problem('NO_ROWS');
    state(sink, cpus);
    sink.format(`lscpu ${comma ? '-p' : '-e'}, ${cpus.length} CPUs`);
  },
};

function state(sink: Sink, cpus: readonly ReadonlyMap<string, string>[]): void {
  const online = cpus.filter((cpu) => (cpu.get('ONLINE') ?? 'yes') === 'yes' || cpu.get('ONLINE') === 'Y');
  sink.fact('cpu.count', online.length, { labels: sink.context });
  const of = (column: string): Set<string> =>
    new Set(online.map((cpu) => cpu.get(column) ?? '').filter((id) => /^\d{1,6}$/.test(id)));
  if (of('SOCKET').size > 0) sink.fact('cpu.sockets', of('SOCKET').size, { labels: sink.context });
  const nodes = of('NODE');
  if (nodes.size === 0) return;
  sink.fact('numa.nodes', nodes.size, { labels: sink.context });
  for (const node of nodes) {
    const own = online.filter((cpu) => cpu.get('NODE') === node).map((cpu) => Number(cpu.get('CPU')));
    sink.fact('numa.cpus', ranges(own), { labels: { ...sink.context, numa_node: node } });
  }
}

/** `0-3,8` of 0, 1, 2, 3, 8. */
function ranges(numbers: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const one of [...numbers].sort((a, b) => a - b)) {
    const last = parts.at(-1);
    if (last !== undefined && one <= last[1] + 1) last[1] = one;
    else parts.push([one, one]);
  }
  return parts.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(',');
}
