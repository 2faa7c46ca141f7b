import type { Importer, Sink } from './importer.js';
import { BlockClock } from './tools/clock.js';
import { english } from './tools/locale.js';
import { bytesOf, labelsOf, numberOf, reportCell, words } from './tools/text.js';

const HEAD = /^Filesystem\s.{0,120}\b(?:Use%|IUse%|Capacity|%Used)\s{1,8}(?:File\s{1,40})?Mounted on\s*$/;

const HEADS: ReadonlyMap<string, string> = new Map([
  ['used', 'Used'],
  ['available', 'Available'],
]);

/** Size of a block from the head: `1K-blocks`, `1M-blocks`, `1024-blocks`, `512-blocks`, `1B-blocks`; 0 for `Size` (suffixes). */
function blockOf(column: string): number | undefined {
  if (column === 'Size') return 0;
  const parts = /^(\d{1,9})([KMGTB]?)(?:i?B)?-blocks$/.exec(column);
  return parts === null ? undefined : bytesOf(`${parts[1] ?? ''}${(parts[2] ?? '').replace('B', '')}`);
}

/**
 * `df`, `df -h`, `df -T`, `df -i`, `df -P`.
 *
 * ```
 * Filesystem              1K-blocks    Used Available Use% Mounted on
 * /dev/sda1                 1038336  237600    800736  23% /boot
 * ```
 * Long device names push the rest to the next line in old versions. `-i` counts inodes.
 */
export const df: Importer = {
  id: 'df',
  title: 'df',
  format: {
    reference: 'https://www.gnu.org/software/coreutils/manual/html_node/df-invocation.html',
    versions: 'coreutils, busybox',
  },
  sniff({ lines }) {
    return lines.slice(0, 20).some((line) => HEAD.test(english(line))) ? 0.97 : 0;
  },
  async read(file, sink) {
    const clock = new BlockClock(sink);
    let columns: readonly string[] = [];
    let time = 0;
    let carried: string[] = [];
    let number = 0;
    let rows = 0;
    for await (const line of file.lines()) {
      number++;
      if (clock.stamp(line, number)) continue;
      const head = english(line);
      if (HEAD.test(head)) {
        // words in which both languages begin the same column differ in their capital
        columns = words(head.replace('Mounted on', 'Mounted')).map((name) => HEADS.get(name) ?? name);
        time = clock.next(number);
        carried = [];
        continue;
      }
      if (columns.length === 0 || line.trim() === '') continue;
      const cells = [...carried, ...words(line)];
      carried = cells.length === 1 ? cells : [];
      if (cells.length === 1) continue;
      if (cells.length < columns.length) {
        sink.problem('SHORT_ROW', { expected: columns.length, found: cells.length }, number);
        continue;
      }
      rows++;
      push(sink, columns, cells, time, number);
    }
    if (rows === 0) sink.problem('NO_ROWS');
    sink.fact('df.rows', rows);
    sink.format(`df${columns.includes('Inodes') ? ' -i' : ''}, ${rows} rows`);
  },
};

function push(sink: Sink, columns: readonly string[], cells: readonly string[], time: number, line: number): void {
  const of = (...names: string[]): string | undefined => cells[columns.findIndex((column) => names.includes(column))];
  const labels = labelsOf([
    ...Object.entries(sink.context),
    ['device', cells[0]],
    ['mountpoint', cells.slice(columns.length - 1).join(' ')],
    ['fstype', of('Type')],
  ]);
  // `--output` shows both
  const blocks = columns.findIndex((column) => blockOf(column) !== undefined);
  const group = (prefix: string, total: number, names: readonly (readonly string[])[]): void => {
    const block = total === blocks ? blockOf(columns[total] ?? '') : undefined;
    const put = (name: string, cell: string | undefined): void => {
      const value = block === undefined ? numberOf(cell) : bytesOf(cell, block === 0 ? 1 : block);
      const unit = block === undefined ? 'count' : 'bytes';
      if (Number.isNaN(value)) reportCell(sink, cell, line);
      else sink.series(`${prefix}.${name}`, labels, { kind: 'gauge', unit }).push(time, value, line);
    };
    put('size', cells[total]);
    put('used', of(...names[0]!));
    put('available', of(...names[1]!));
    const share = /^(\d{1,3})%$/.exec(of(...names[2]!) ?? '')?.[1];
    if (share === undefined) return reportCell(sink, of(...names[2]!), line);
    const writer = sink.series(`${prefix}.used_ratio`, labels, { kind: 'gauge', unit: 'ratio' });
    writer.push(time, Number(share) / 100, line);
  };
  const inodes = columns.indexOf('Inodes');
  if (inodes >= 0) group('df.inodes', inodes, [['IUsed'], ['IFree'], ['IUse%', '%Used']]);
  if (blocks >= 0) group('df', blocks, [['Used'], ['Available', 'Avail'], ['Use%', 'Capacity', '%Used']]);
}
