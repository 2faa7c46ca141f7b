import { labelled } from '../proc/labels.js';
import { eachLine, fields, firstLine, numberOf } from '../proc/snapshot.js';
import type { Labels } from '../types/series.js';
import type { Importer, SeriesHints, Sink } from './importer.js';

const PAGES: SeriesHints = { kind: 'counter', unit: 'pages' };
const MIB = { unit: 'bytes', conversion: '× 1048576 (MB as numastat counts → bytes)' } as const;
const TITLE = /^Per-node (numastat info|system memory usage|process memory usage)\b.{0,20} \(in (MBs|KBs)\)/;
const OF_PROCESS = / for PID (\d{1,10}) \(/;
const HEAD = /^(?:(?:PID)?\s+)Node \d+(?:\s+Node \d+)*(?:\s+Total)?\s*$/;
const ROW = /^(\d{1,10} \(.{1,60}\)|[A-Za-z_()0-9]{1,40})((?:\s+-?[\d.]{1,30}){1,1025})\s*$/;

/**
 * Output of `numastat`: without options pages by memory node since boot; `-n` the same in MB, `-m` the memory of the
 * nodes, `-p` that of processes, each with a title.
 *
 *                                node0           node1
 *     numa_hit              6812489284      3450910284
 *
 *     Per-node system memory usage (in MBs):
 *                               Node 0          Node 1           Total
 *     MemTotal                10586.20        10240.00        20826.20
 */
export const numastat = {
  id: 'numastat',
  title: 'memory by memory node (numastat, numastat -m, -n, -p)',
  format: { reference: 'https://man7.org/linux/man-pages/man8/numastat.8.html', versions: 'numactl 2.0' },
  sniff: ({ lines }) => {
    if (lines.slice(0, 40).some((line) => TITLE.test(line))) return 0.97;
    return /^ +node\d+(?: +node\d+)*\s*$/.test(firstLine(lines)) && lines.some((line) => line.startsWith('numa_hit'))
      ? 0.97
      : 0;
  },
  read: async (file, sink) => {
    const reader = new Reader(sink);
    await eachLine(file, sink, (text, line, time) => reader.line(text, line, time));
  },
} as const satisfies Importer;

class Reader {
  readonly #sink: Sink;
  #nodes: string[] = [];
  #title = '';
  #factor = 1_048_576;
  #labels: Labels;

  constructor(sink: Sink) {
    this.#sink = sink;
    this.#labels = sink.context;
  }

  line(text: string, line: number, time: number): void {
    const title = TITLE.exec(text);
    if (title !== null) {
      this.#title = title[1]!;
      this.#factor = title[2] === 'MBs' ? 1_048_576 : 1024;
      const pid = OF_PROCESS.exec(text)?.[1];
      this.#labels = pid === undefined ? this.#sink.context : labelled.with(this.#sink.context, 'pid', pid);
      this.#sink.format(`numastat, ${this.#title}`);
      return;
    }
    const cells = fields(text);
    if (/^node\d+$/.test(cells[0]!))
      return this.#head(
        cells.map((cell) => cell.slice(4)),
        line,
      );
    if (HEAD.test(text))
      return this.#head(
        [...text.matchAll(/Node (\d+)/g)].map((match) => match[1]!),
        line,
      );
    if (this.#title === '') this.#pages(cells, line, time);
    else this.#sizes(text, line, time);
  }

  #head(nodes: string[], line: number): void {
    // tables wider than the screen go on below
    if (nodes[0] === '0') this.#sink.fact('numa.nodes', nodes.length, { labels: this.#sink.context, line });
    this.#nodes = nodes;
  }

  #pages(cells: readonly string[], line: number, time: number): void {
    if (cells.length !== this.#nodes.length + 1)
      return this.#sink.problem('COLUMNS_DIFFER', { expected: this.#nodes.length + 1, found: cells.length }, line);
    this.#push(`sys.node.numastat.${cells[0]!}`, cells.slice(1), PAGES, { line, time, factor: 1 });
  }

  /** Rows of the tables with a title; rulers, hints and totals are passed over. */
  #sizes(text: string, line: number, time: number): void {
    const row = ROW.exec(text);
    if (row === null) return;
    const [, name = '', rest = ''] = row;
    const at = { line, time, factor: this.#factor };
    const cells = fields(rest.trim());
    const process = /^(\d{1,10}) \((.{1,60})\)$/.exec(name);
    if (process !== null) {
      const labels = labelled.with(this.#sink.context, 'pid', process[1]!);
      this.#push('numastat.process.total', cells, { kind: 'gauge', ...MIB }, at, labels);
    } else if (this.#title === 'process memory usage') {
      if (this.#labels !== this.#sink.context)
        this.#push(`numastat.process.${name.toLowerCase()}`, cells, { kind: 'gauge', ...MIB }, at, this.#labels);
    } else if (this.#title === 'numastat info')
      this.#push(`numastat.${name.toLowerCase()}`, cells, { kind: 'counter', ...MIB }, at);
    else if (/^HugePages_/.test(name)) return;
    else this.#push(`sys.node.meminfo.${name}`, cells, { kind: 'gauge', ...MIB }, at);
  }

  #push(
    name: string,
    cells: readonly string[],
    hints: SeriesHints,
    at: { readonly line: number; readonly time: number; readonly factor: number },
    base: Labels = this.#sink.context,
  ): void {
    this.#nodes.forEach((node, i) => {
      const value = numberOf(cells[i]);
      if (value === undefined) return this.#sink.problem('BAD_NUMBER', { found: cells[i] ?? '' }, at.line);
      const rounding = at.factor === 1 ? {} : { rounding: 0.005 * at.factor };
      this.#sink
        .series(name, labelled.with(base, 'numa_node', node), { ...hints, ...rounding })
        .push(at.time, value * at.factor, at.line);
    });
  }
}
