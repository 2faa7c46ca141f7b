import type { Labels } from '../types/series.js';
import type { Importer, SeriesHints, Sink } from './importer.js';
import { BlockClock } from './tools/clock.js';
import { byLines } from './tools/lines.js';
import { bytesOf, labelsOf, numberOf, reportCell, restFrom, words } from './tools/text.js';

/** Processes of one listing that get series of their own; blocked ones are always named. */
const DETAILED = 2000;

const HEAD =
  /^\s{0,12}(?:(?:USER|UID|PID|PPID|F|S|STAT|COMMAND|LABEL|TID|PGID|NLWP|SPID|LWP|%CPU|%MEM|RSS|NI|CLS)\s{1,20}){1,4}.{0,300}\b(?:COMMAND|CMD|ARGS|COMM)\s*$/;

const COMMANDS = new Set(['COMMAND', 'CMD', 'ARGS', 'COMM']);

/**
 * `ps` in its usual forms: `aux`, `auxwwwm`, `-ef`, `-eLf`, `-eo …`.
 *
 * ```
 * USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND
 * root           1  1.4  0.3 105868 13604 ?        Ss   18:58   0:22 /sbin/init
 * ```
 * %CPU is CPU time over life time of the process, VSZ and RSS are KiB. STAT D is uninterruptible sleep (disk, memory,
 * locks); such processes are named as facts. With `m` threads follow their process with `-` for what is the process's.
 */
export const ps: Importer = {
  id: 'ps',
  title: 'ps',
  format: { reference: 'https://man7.org/linux/man-pages/man1/ps.1.html', versions: 'procps 3 to 4, busybox' },
  sniff({ lines }) {
    const at = lines.slice(0, 20).findIndex((line) => HEAD.test(line) && /\b(?:PID|TID|LWP|SPID)\b/.test(line));
    if (at === -1) return 0;
    // top's table looks alike but stands under its summary
    if (lines.slice(0, at).some((line) => /^(?:top - |%?Cpu|Tasks:)/.test(line))) return 0;
    return words(lines[at] ?? '').some((word) => /^(?:STAT|TTY|%CPU|STIME|TIME|S)$/.test(word)) ? 0.9 : 0.6;
  },
  read: byLines((sink) => new Reader(sink)),
};

class Reader {
  readonly #sink: Sink;
  readonly #clock: BlockClock;
  #columns: readonly string[] = [];
  #time = 0;
  #pid = '';
  #states = new Map<string, number>();
  #seen = new Map<string, number>();
  #inListing = 0;
  #first = 0;
  #rows = 0;

  constructor(sink: Sink) {
    this.#sink = sink;
    this.#clock = new BlockClock(sink);
  }

  line(text: string, number: number): void {
    if (this.#clock.stamp(text, number)) return;
    if (HEAD.test(text)) {
      this.#endListing();
      this.#columns = words(text);
      this.#time = this.#clock.next(number);
      this.#first = number;
    } else if (this.#columns.length > 0 && text.trim() !== '') this.#row(text, number);
  }

  #row(text: string, number: number): void {
    const cells = merged(this.#columns, words(text));
    const columns = this.#columns;
    if (cells.length < columns.length) {
      this.#sink.problem('SHORT_ROW', { expected: columns.length, found: cells.length }, number);
      return;
    }
    this.#rows++;
    this.#sink.passed(number);
    this.#inListing++;
    const of = (...names: string[]): string | undefined => {
      const i = columns.findIndex((column) => names.includes(column));
      return i === -1 || cells[i] === '-' ? undefined : cells[i];
    };
    const pid = of('PID', 'TGID');
    if (pid !== undefined) this.#pid = pid;
    const command = COMMANDS.has(columns.at(-1) ?? '')
      ? restFrom(text, words(text).length - (cells.length - columns.length) - 1)
      : undefined;
    const state = of('STAT', 'S');
    const labels = labelsOf([
      ...Object.entries(this.#sink.context),
      ['pid', pid ?? this.#pid],
      ['tid', of('TID', 'LWP', 'SPID')],
      ['user', of('USER', 'UID')],
      ['process', processOf(command === '-' ? undefined : command)],
    ]);
    if (state !== undefined) {
      const letter = state.slice(0, 1);
      this.#states.set(letter, (this.#states.get(letter) ?? 0) + 1);
      if (letter === 'D')
        this.#sink.fact('ps.blocked', of('WCHAN') ?? command ?? '', { labels, line: number, time: this.#time });
    }
    if (pid !== undefined) this.#push(of, labels, number);
  }

  #push(of: (...names: string[]) => string | undefined, labels: Labels, number: number): void {
    if (this.#inListing > DETAILED) {
      if (this.#inListing === DETAILED + 1) this.#sink.problem('ROWS_FOLDED', { limit: DETAILED }, number);
      return;
    }
    const put = (name: string, cell: string | undefined, read: (cell: string) => number, hints: SeriesHints): void => {
      const value = cell === undefined ? Number.NaN : read(cell);
      if (Number.isNaN(value)) reportCell(this.#sink, cell, number);
      else this.#sink.series(name, labels, hints).push(this.#time, value, number);
    };
    const ratio = (cell: string): number => exact(numberOf(cell) * 0.01);
    const size = (cell: string): number => bytesOf(cell, 1024);
    const share = '× 0.01 (% → ratio)';
    put('ps.cpu', of('%CPU', 'C'), ratio, { kind: 'gauge', unit: 'ratio', conversion: share });
    put('ps.mem', of('%MEM'), ratio, { kind: 'gauge', unit: 'ratio', conversion: share });
    put('ps.vsz', of('VSZ'), size, { kind: 'gauge', unit: 'bytes', conversion: '× 1024 (KiB → bytes)' });
    put('ps.rss', of('RSS'), size, { kind: 'gauge', unit: 'bytes', conversion: '× 1024 (KiB → bytes)' });
    put('ps.threads', of('NLWP', 'THCNT'), numberOf, { kind: 'gauge', unit: 'tasks' });
    put('ps.time', of('TIME'), secondsOf, { kind: 'counter', unit: 'seconds' });
    put('ps.nice', of('NI'), numberOf, { kind: 'gauge' });
    put('ps.processor', of('PSR'), numberOf, { kind: 'gauge' });
  }

  #endListing(): void {
    for (const state of this.#seen.keys()) if (!this.#states.has(state)) this.#states.set(state, 0);
    for (const [state, count] of this.#states) {
      this.#seen.set(state, count);
      const labels = { ...this.#sink.context, state };
      this.#sink.series('ps.states', labels, { kind: 'gauge', unit: 'tasks' }).push(this.#time, count, this.#first);
    }
    this.#states = new Map();
    this.#inListing = 0;
  }

  finish(): void {
    this.#endListing();
    if (this.#rows === 0) this.#sink.problem('NO_ROWS');
    this.#sink.fact('ps.rows', this.#rows);
    this.#sink.format(`ps, columns ${this.#columns.join(' ').slice(0, 80)}, ${this.#rows} rows`);
  }
}

/** Cells with the five words of `lstart` (`Mon May  6 10:00:01 2024`) as one, and all words of the command as one. */
function merged(columns: readonly string[], cells: readonly string[]): string[] {
  const out = [...cells];
  for (const [i, column] of columns.entries()) {
    const long =
      column === 'STARTED' &&
      /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)$/.test(out[i] ?? '') &&
      /^\d{4}$/.test(out[i + 4] ?? '');
    if (long) out.splice(i, 5, out.slice(i, i + 5).join(' '));
  }
  return out;
}

/** Short name of a command line: `/usr/bin/java -jar x.jar` is java, `[kthreadd]` stays, interpreters keep nothing more. */
function processOf(command: string | undefined): string | undefined {
  if (command === undefined || command.startsWith('[')) return command?.slice(0, 60);
  const first = command.replace(/^[\\_|\s]{1,40}/, '').split(' ')[0] ?? '';
  return (
    first
      .slice(first.lastIndexOf('/') + 1)
      .replace(/:$/, '')
      .slice(0, 60) || first.slice(0, 60)
  );
}

function exact(value: number): number {
  return Number.isNaN(value) ? value : Number(value.toPrecision(12));
}

/** Seconds of `0:22`, `01:02:03`, `3-01:02:03`. */
function secondsOf(text: string | undefined): number {
  const parts = /^(?:(\d{1,6})-)?(?:(\d{1,6}):)?(\d{1,6}):(\d{2})$/.exec(text ?? '');
  if (parts === null) return Number.NaN;
  return ((Number(parts[1] ?? 0) * 24 + Number(parts[2] ?? 0)) * 60 + Number(parts[3])) * 60 + Number(parts[4]);
}
