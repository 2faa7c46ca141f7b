import type { Labels } from '../types/series.js';
import type { Importer, SeriesHints, Sink } from './importer.js';
import { stampOf, undatedClock, ZonedClock, type DayClock } from './tools/clock.js';
import { byLines } from './tools/lines.js';
import { english } from './tools/locale.js';
import { bytesOf, labelsOf, numberOf, reportCell, restFrom, roundingOf, words } from './tools/text.js';
import { TopWords } from './tools/top-words.js';
import { pushUptime, uptimeOf } from './tools/uptime.js';

const HEAD = /^\s{0,12}(?:PID|进程号?)\s{1,12}(?:USER|PPID|UID|RUSER|PR|S)\b.{0,200}\bCOMMAND\s*$/;
const SIZED = /(\d{1,15}(?:[.,]\d{1,3})?)[kmg+]{0,2}\s{1,4}(total|free|used|buff\/cache|buffers|cached|avail)/gi;
const MEMORY = /^(KiB|MiB|GiB|TiB|k|m|)\s{0,2}(Mem|Swap)\s{0,4}:\s{0,12}(.{1,200})$/i;
const UNITS: ReadonlyMap<string, number> = new Map([
  ['', 1024],
  ['k', 1024],
  ['kib', 1024],
  ['m', 1_048_576],
  ['mib', 1_048_576],
  ['gib', 1_073_741_824],
  ['tib', 1_099_511_627_776],
]);

/** Words of the memory lines → the same numbers in /proc/meminfo; others get a name of their own. */
const MEMINFO: ReadonlyMap<string, string> = new Map([
  ['Mem total', 'proc.meminfo.MemTotal'],
  ['Mem free', 'proc.meminfo.MemFree'],
  ['Mem buffers', 'proc.meminfo.Buffers'],
  ['Swap total', 'proc.meminfo.SwapTotal'],
  ['Swap free', 'proc.meminfo.SwapFree'],
  ['Swap avail', 'proc.meminfo.MemAvailable'],
  ['Swap cached', 'proc.meminfo.Cached'],
]);

/**
 * `top -b`: one screen after another.
 *
 * ```
 * top - 11:24:50 up 2 min,  2 users,  load average: 0.23, 0.22, 0.09
 * Tasks: 112 total,   1 running, 111 sleeping,   0 stopped,   0 zombie
 * %Cpu(s):  5.9 us,  5.9 sy,  0.0 ni, 88.2 id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st
 * KiB Mem :  3861332 total,  3446476 free,   216940 used,   197916 buff/cache
 * KiB Swap:  2097148 total,  2097148 free,        0 used.  3419356 avail Mem
 *
 *    PID USER      PR  NI    VIRT    RES    SHR S %CPU %MEM     TIME+ COMMAND
 *   1935 kbrazil   20   0  161888   2108   1520 R  6.2  0.1   0:00.01 top
 * ```
 * Local time of day without a date. %CPU of a process is of one CPU. Sizes of processes in KiB unless suffixed.
 */
export const top: Importer = {
  id: 'top',
  title: 'top -b',
  format: { reference: 'https://man7.org/linux/man-pages/man1/top.1.html', versions: 'procps 3.2 to 4' },
  sniff({ lines }) {
    const start = lines.slice(0, 40);
    const first = start.some((line) => line.startsWith('top - ') && uptimeOf(line) !== undefined);
    const words = new TopWords();
    const head = start.some((line) => HEAD.test(words.line(line)));
    return first ? 0.97 : head && start.some((line) => /^%?Cpu/.test(line)) ? 0.9 : head ? 0.6 : 0;
  },
  read: byLines((sink) => new Reader(sink)),
};

class Reader {
  readonly #sink: Sink;
  readonly #zoned: ZonedClock;
  readonly #labels: Labels;
  #clock: DayClock | undefined;
  #stamped: number | undefined;
  #time: number | undefined;
  #columns: readonly string[] = [];
  #states = new Map<string, number>();
  #blocks = 0;
  #line = 0;
  readonly #words = new TopWords();

  constructor(sink: Sink) {
    this.#sink = sink;
    this.#zoned = new ZonedClock(sink);
    this.#labels = sink.context;
  }

  line(text: string, number: number): void {
    const stamp = stampOf(text);
    const uptime = stamp === undefined && text.startsWith('top - ') ? uptimeOf(text) : undefined;
    if (stamp !== undefined) this.#stamped = this.#zoned.at(stamp.wall, stamp.zone, number);
    else if (uptime !== undefined) {
      this.#endBlock();
      this.#line = number;
      if (this.#stamped === undefined) this.#clock ??= undatedClock(this.#sink, uptime.time, number);
      this.#time = this.#stamped ?? this.#clock?.at(uptime.time) ?? uptime.time;
      this.#stamped = undefined;
      pushUptime(this.#sink, uptime, this.#labels, this.#time, number, this.#blocks === 0);
      this.#blocks++;
      this.#columns = [];
      this.#words.line(text);
    } else if (this.#time !== undefined) this.#body(text, this.#time, number);
  }

  #body(line: string, time: number, number: number): void {
    const text = this.#columns.length === 0 ? this.#words.line(line) : line;
    const memory = MEMORY.exec(text);
    if (/^(?:Tasks|Threads|任务|线程)[:：]/.test(text)) this.#tasks(text, time, number);
    else if (/^%?Cpu/.test(text)) this.#cpu(text, time, number);
    else if (memory !== null) this.#memory(memory, time, number);
    else if (HEAD.test(text)) this.#columns = columnsOf(text);
    else if (this.#columns.length > 0 && text.trim() !== '') this.#process(text, time, number);
  }

  /** Reports a summary line of which not every part was understood. */
  #complete(text: string, understood: number, number: number): void {
    const parts = text.slice(text.indexOf(':') + 1).split(/, (?=\s*\S)|\.(?=\s)/).filter((part) => part.trim() !== '').length; // prettier-ignore
    if (understood < parts)
      this.#sink.problem('BAD_LINE', { expected: 'numbers with their names', found: text }, number);
  }

  #tasks(text: string, time: number, number: number): void {
    const found = [...text.matchAll(/(\d{1,9})\s{1,4}(total|running|sleeping|stopped|zombie|d-sleep)/g)];
    this.#complete(text, found.length, number);
    for (const [, count, state] of found)
      this.#sink
        .series(`top.tasks.${state ?? ''}`, this.#labels, { kind: 'gauge', unit: 'tasks' })
        .push(time, Number(count), number);
  }

  /** `%Cpu(s):  5.9 us, …`, `%Cpu0  : …`, and `Cpu(s):  5.9%us, …` of old. */
  #cpu(text: string, time: number, number: number): void {
    const cpu = /^%?Cpu(\d{1,5})/.exec(text)?.[1];
    const labels = cpu === undefined ? this.#labels : { ...this.#labels, cpu };
    const name = cpu === undefined ? 'top.cpu' : 'top.percpu';
    const found = [...text.matchAll(/(\d{1,3}[.,]\d{1,2})[ %]{0,2}(us|sy|ni|id|wa|hi|si|st)\b/g)];
    this.#complete(text, found.length, number);
    for (const [, share = '', mode] of found) {
      const value = Number((numberOf(share) * 0.01).toPrecision(12));
      const hints = {
        kind: 'rate',
        unit: 'ratio',
        rounding: roundingOf(share) * 0.01,
        conversion: '× 0.01 (% → ratio)',
      } as const;
      this.#sink.series(`${name}.${mode ?? ''}`, labels, hints).push(time, value, number);
    }
  }

  #memory([, prefix = '', what = '', rest = '']: RegExpExecArray, time: number, number: number): void {
    const factor = UNITS.get(prefix.toLowerCase()) ?? 1024;
    const found = [...rest.matchAll(SIZED)];
    this.#complete(rest, found.length, number);
    for (const [, count = '', word = ''] of found) {
      const name = MEMINFO.get(`${what} ${word}`) ?? `top.${what.toLowerCase()}.${word}`;
      const hints = {
        kind: 'gauge',
        unit: 'bytes',
        rounding: roundingOf(count) * factor,
        conversion: `× ${factor} (→ bytes)`,
      } as const;
      this.#sink.series(name, this.#labels, hints).push(time, numberOf(count) * factor, number);
    }
  }

  #process(text: string, time: number, number: number): void {
    const cells = words(text);
    const columns = this.#columns;
    if (cells.length < columns.length || !/^\d{1,10}$/.test(cells[columns.indexOf('PID')] ?? '')) {
      this.#sink.problem('SHORT_ROW', { expected: columns.length, found: cells.length }, number);
      return;
    }
    const of = (column: string): string | undefined => cells[columns.indexOf(column)];
    const command = restFrom(text, columns.length - 1);
    const labels = labelsOf([
      ...Object.entries(this.#labels),
      ['pid', of('PID')],
      ['process', command],
      ['user', of('USER')],
    ]);
    const push = (name: string, cell: string | undefined, read: (cell: string) => number, hints: SeriesHints): void => {
      const value = cell === undefined ? Number.NaN : read(cell);
      if (Number.isNaN(value)) reportCell(this.#sink, cell, number);
      else this.#sink.series(name, labels, hints).push(time, value, number);
    };
    const state = of('S');
    if (state !== undefined) this.#states.set(state, (this.#states.get(state) ?? 0) + 1);
    push('top.process.cpu', of('%CPU'), share, {
      kind: 'rate',
      unit: 'ratio',
      conversion: '× 0.01 (% → ratio)',
    });
    push('top.process.mem', of('%MEM'), share, {
      kind: 'gauge',
      unit: 'ratio',
      conversion: '× 0.01 (% → ratio)',
    });
    for (const [column, name] of [
      ['VIRT', 'virt'],
      ['RES', 'res'],
      ['SHR', 'shr'],
    ] as const)
      push(`top.process.${name}`, of(column), (cell) => bytesOf(cell, 1024), {
        kind: 'gauge',
        unit: 'bytes',
        conversion: '× 1024 (KiB → bytes)',
      });
    push('top.process.time', of('TIME+') ?? of('TIME'), secondsOf, { kind: 'counter', unit: 'seconds' });
  }

  #endBlock(): void {
    for (const [state, count] of this.#states)
      this.#sink
        .series('top.states', { ...this.#labels, state }, { kind: 'gauge', unit: 'tasks' })
        .push(this.#time ?? 0, count, this.#line);
    // a state nobody is in now is 0 in the next screen
    for (const state of this.#states.keys()) this.#states.set(state, 0);
  }

  finish(): void {
    this.#endBlock();
    if (this.#blocks === 0) this.#sink.problem('NO_ROWS');
    this.#sink.fact('top.screens', this.#blocks);
    this.#sink.format(`top -b, ${this.#blocks} screens`);
  }
}

/** Names of the columns; the Chinese head has no letter for the state of a process. */
function columnsOf(head: string): string[] {
  const names = words(english(head));
  const at = names.indexOf('%CPU');
  return names.includes('S') || names[at - 1] !== 'SHR' ? names : [...names.slice(0, at), 'S', ...names.slice(at)];
}

/** Seconds of `0:00.01` and `12:34`; NaN for anything else. */
function secondsOf(text: string | undefined): number {
  const parts = /^(\d{1,9}):(\d{2})(?:[.,](\d{1,2}))?$/.exec(text ?? '');
  if (parts === null) return Number.NaN;
  return Number(parts[1]) * 60 + Number(parts[2]) + Number(`0.${parts[3] ?? '0'}`);
}

/** Ratio of a percentage, without the dust of binary multiplication. */
function share(text: string | undefined): number {
  const value = numberOf(text);
  return Number.isNaN(value) ? value : Number((value / 100).toPrecision(12));
}
