import type { Importer, Sink } from './importer.js';
import { BlockClock } from './tools/clock.js';
import { english } from './tools/locale.js';
import { bytesOf, isNumber, numberOf, reportCell, words } from './tools/text.js';

const HEAD = /^\s{1,20}total\s{1,20}used\s{1,20}free(?:\s|$)/;

/** Row and column → the same number in /proc/meminfo. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['Mem total', 'proc.meminfo.MemTotal'],
  ['Mem free', 'proc.meminfo.MemFree'],
  ['Mem shared', 'proc.meminfo.Shmem'],
  ['Mem buffers', 'proc.meminfo.Buffers'],
  ['Mem cached', 'proc.meminfo.Cached'],
  ['Mem available', 'proc.meminfo.MemAvailable'],
  ['Swap total', 'proc.meminfo.SwapTotal'],
  ['Swap free', 'proc.meminfo.SwapFree'],
]);

/**
 * `free [-w] [-h] [-s N]`: memory and swap.
 *
 * ```
 *               total        used        free      shared  buff/cache   available
 * Mem:        8053804     1262704     5830864       60576      960236     6483996
 * Swap:       2097152           0     2097152
 * ```
 * KiB unless `-b`, `-m` or `-g` was given, which the output does not tell: the unit that makes a plausible machine is
 * taken and stated. With `-h` the cells carry it. `-/+ buffers/cache` before procps 3.3.10.
 */
export const free: Importer = {
  id: 'free',
  title: 'free',
  format: { reference: 'https://man7.org/linux/man-pages/man1/free.1.html', versions: 'procps 3.2 to 4' },
  sniff({ lines }) {
    const at = lines.slice(0, 40).findIndex((line) => HEAD.test(english(line)));
    return at !== -1 && /^Mem:\s/.test(english(lines[at + 1] ?? '')) ? 0.97 : 0;
  },
  async read(file, sink) {
    const clock = new BlockClock(sink);
    let columns: readonly string[] = [];
    let time = 0;
    let factor: number | undefined;
    let number = 0;
    let rows = 0;
    for await (const text of file.lines()) {
      const line = english(text);
      number++;
      if (clock.stamp(line, number)) continue;
      if (HEAD.test(line)) {
        columns = words(line);
        time = clock.next(number);
        continue;
      }
      const row = /^(Mem|Swap|Total|Low|High|-\/\+ buffers\/cache):\s/.exec(line)?.[1];
      if (row === undefined || columns.length === 0) continue;
      const cells = words(line.slice(row.length + 1));
      if (row === 'Mem') factor ??= unitOf(sink, cells[0], number);
      rows++;
      // the old second line has used and free only
      push(sink, row, row.startsWith('-') ? ['used', 'free'] : columns, cells, factor ?? 1024, { time, line: number });
    }
    if (rows === 0) sink.problem('NO_ROWS');
    sink.fact('free.rows', rows);
    sink.format(`free, ${rows} rows`);
  },
};

function push(
  sink: Sink,
  row: string,
  columns: readonly string[],
  cells: readonly string[],
  factor: number,
  at: { readonly time: number; readonly line: number },
): void {
  for (const [i, cell] of cells.entries()) {
    const column = columns[i];
    const plain = isNumber(cell);
    const value = plain ? numberOf(cell) * factor : bytesOf(cell);
    if (column === undefined) continue;
    if (Number.isNaN(value)) {
      reportCell(sink, cell, at.line);
      continue;
    }
    const own = row.startsWith('-') ? 'adjusted' : row.toLowerCase();
    const name = NAMES.get(`${row} ${column}`) ?? `free.${own}.${column}`;
    const conversion = `× ${plain ? factor : 'its suffix'} (→ bytes)`;
    sink.series(name, sink.context, { kind: 'gauge', unit: 'bytes', conversion }).push(at.time, value, at.line);
  }
}

/** Factor to bytes that makes the machine a plausible one: 256 MiB to 8 TiB. */
function unitOf(sink: Sink, total: string | undefined, line: number): number {
  const value = numberOf(total);
  if (Number.isNaN(value) || (value >= 262_144 && value < 8e9)) return 1024;
  const unit = value >= 8e9 ? 'bytes' : value >= 512 ? 'MiB' : 'GiB';
  sink.problem('UNIT_ASSUMED', { column: 'Mem', unit, found: total ?? '' }, line);
  return { bytes: 1, MiB: 1_048_576, GiB: 1_073_741_824 }[unit];
}
