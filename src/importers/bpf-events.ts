import type { Labels } from '../types/series.js';
import type { Importer, Sink } from './importer.js';
import { BlockClock, leadingTime, undatedClock, type DayClock } from './tools/clock.js';
import { byLines } from './tools/lines.js';
import { isNumber, labelsOf, numberOf, words } from './tools/text.js';
import { TraceEvents } from './tools/trace-events.js';

/** Columns that hold nothing but numbers: a line with a word there is no row. */
const NUMERIC = /^(?:PID|C-PID|TID|PPID|TGID|LAT\([mnu]s\)|LATms|MS|[RT]X_KB|LPORT|RPORT|DPORT)$/;

/** Columns that only one tool has, most telling first → the tool. */
const TOOLS: readonly (readonly [pattern: RegExp, tool: string])[] = [
  [/\bLADDR:LPORT\b.*\bT>/, 'tcpretrans'],
  [/\bSADDR:SPORT\b.*\bDADDR:DPORT\b/, 'tcpdrop'],
  [/\bOLDSTATE\b/, 'tcpstates'],
  [/\bRX_KB\s+TX_KB\s*$/, 'tcptop'],
  [/\bTX_KB\b/, 'tcplife'],
  [/\bDADDR\b.*\bLAT\(ms\)/, 'tcpconnlat'],
  [/\bSADDR\b.*\bDADDR\b.*\bDPORT\b/, 'tcpconnect'],
  [/\bRADDR\b.*\bLADDR\b.*\bLPORT\b/, 'tcpaccept'],
  [/\bOFF_KB\b/, 'fsslower'],
  [/\bSECTOR\b/, 'biosnoop'],
  [/\bTID\b.*\bLAT\(us\)/, 'runqslower'],
  [/\bPCOMM\b/, 'execsnoop'],
  [/\bFD\b.*\bERR\b.*\bPATH\b/, 'opensnoop'],
  [/\bLATms\b.*\bHOST\b/, 'gethostlatency'],
  [/\bD\b.*\bLAT\(ms\).*\bFILENAME\b/, 'fileslower'],
  [/\bHITS\b.*\bMISSES\b/, 'cachestat'],
  [/\bSIG\b.*\bRESULT\b/, 'killsnoop'],
  [/\bQNAME\b|\bQUERY\b/, 'dns'],
  [/\bSOCK\b.*\bFUNC\b|^(?!.*\b(?:OBJECT|NAMESPACE|KIND|MESSAGE)\b).*\bREASON\b/, 'drops'],
];

const HEADWORD =
  /^(?:[A-Z][A-Z0-9_:.-]{0,20}(?:\([A-Za-z/%]{1,6}\))?|T>|<?>|->|LATms|LAT\([mnu]?s\)|\([A-Z]{1,12}\)|HITRATIO|RD_KB|IP|[A-Z]+ms)$/;

/**
 * Event tables of bcc and libbpf tools: tcpretrans, tcpdrop, tcplife, tcpconnect, tcpconnlat, runqslower, biosnoop,
 * ext4slower, execsnoop, opensnoop, cachestat … and oomkill's sentences.
 *
 * ```
 * TIME     PID    IP LADDR:LPORT          T> RADDR:RPORT          STATE
 * 01:55:17 0      4  10.153.223.157:22    R> 69.53.245.40:22957   ESTABLISHED
 * ```
 * TIME is local time of day without a date, TIME(s) seconds since the tool began. Latencies become the event's duration.
 */
export const bpfEvents: Importer = {
  id: 'bpf-events',
  title: 'bcc and libbpf event tables',
  format: { reference: 'https://github.com/iovisor/bcc/tree/master/tools', versions: 'bcc, libbpf-tools' },
  sniff({ lines }) {
    const start = lines.slice(0, 40);
    const at = start.findIndex(isHead);
    if (at === -1) return start.some((line) => OOM.test(line)) ? 0.9 : 0;
    return TOOLS.some(([pattern]) => pattern.test(start[at] ?? '')) ? 0.93 : 0.35;
  },
  read: byLines((sink) => new Reader(sink)),
};

const OOM =
  /^(\d{2}:\d{2}:\d{2}) Triggered by PID (\d{1,10}) \("(.{0,60}?)"\), OOM kill of PID (\d{1,10}) \("(.{0,60}?)"\)/;

function isHead(line: string): boolean {
  const cells = words(line);
  if (cells.length < 3 || cells.length > 20 || !cells.every((cell) => HEADWORD.test(cell))) return false;
  const known = TOOLS.some(([pattern]) => pattern.test(line));
  // other tables have upper-case heads too
  return (
    known ||
    (/^TIME/.test(cells[0] ?? '') && /\b(?:PID|TID|COMM)\b/.test(line) && !/\b(?:COMMAND|CMD|TTY)\b/.test(line))
  );
}

class Reader {
  readonly #sink: Sink;
  readonly #events: TraceEvents;
  readonly #blocks: BlockClock;
  #clock: DayClock | undefined;
  #start: number | undefined;
  #columns: readonly string[] = [];
  #tool = 'table';

  constructor(sink: Sink) {
    this.#sink = sink;
    this.#events = new TraceEvents(sink, 'bpf');
    this.#blocks = new BlockClock(sink);
  }

  line(text: string, number: number): void {
    if (isHead(text)) {
      this.#columns = words(text);
      this.#tool = TOOLS.find(([pattern]) => pattern.test(text))?.[1] ?? 'table';
      return;
    }
    const oom = OOM.exec(text);
    if (oom !== null) {
      const time = this.#time(oom[1] ?? '', number);
      const labels = labelsOf([...Object.entries(this.#sink.context), ['pid', oom[4]], ['process', oom[5]]]);
      this.#events.add('oomkill', time, labels, text.trim(), number);
      return;
    }
    if (this.#blocks.stamp(text, number) || text.trim() === '' || this.#columns.length === 0) return;
    if (/^(?:Tracing|Attaching|Attached|Hit Ctrl|\^C)/.test(text)) return;
    this.#row(words(text), text, number);
  }

  #time(cell: string, number: number): number | undefined {
    const start = leadingTime([cell]);
    if (start === undefined) return undefined;
    this.#clock ??= undatedClock(this.#sink, start.time, number);
    return this.#clock.at(start.time);
  }

  /** Seconds since the tool began. */
  #since(cell: string, number: number): number | undefined {
    const seconds = numberOf(cell);
    if (Number.isNaN(seconds)) return undefined;
    if (this.#start === undefined) {
      this.#start = 0;
      this.#sink.clock({ kind: 'relative' });
      this.#sink.problem('RELATIVE_TIMES', {}, number);
    }
    return seconds * 1000;
  }

  /** Whether a line is a row of the table; what else tells why not. */
  #isRow(cells: readonly string[], text: string, number: number): boolean {
    const columns = this.#columns;
    if (cells.length < columns.length - 1 || cells.length < 2) {
      this.#sink.problem('SHORT_ROW', { expected: columns.length, found: cells.length }, number);
      return false;
    }
    if (!columns.some((column, i) => NUMERIC.test(column) && !isNumber(cells[i]))) return true;
    this.#sink.problem('BAD_LINE', { expected: `a row of ${this.#tool}`, found: text }, number);
    return false;
  }

  #row(cells: readonly string[], text: string, number: number): void {
    const columns = this.#columns;
    if (!this.#isRow(cells, text, number)) return;
    const labels: Record<string, string> = { ...this.#sink.context };
    let time: number | undefined;
    let duration: number | undefined;
    for (const [i, column] of columns.entries()) {
      const cell = i === columns.length - 1 ? cells.slice(i).join(' ') : (cells[i] ?? '');
      if (column === 'TIME') time = this.#time(cell, number);
      else if (column === 'TIME(s)') time = this.#since(cell, number);
      else if (/^LAT\((?:ms|us|ns)\)$|^LATms$|^MS$/.test(column)) {
        duration = milliseconds(column, cell);
        this.#latency(duration, time, labels, number);
      } else if (cell !== '' && column !== '>' && column !== '->') labels[labelFor(column)] = cell.slice(0, 200);
    }
    if (!columns.some((column) => column.startsWith('TIME'))) time = this.#blocks.next(number);
    if (columns.every((_, i) => isNumber((cells[i] ?? '').replace('%', '')))) {
      this.#interval(cells, time ?? 0, number);
      return;
    }
    this.#events.add(this.#tool, time, labels, text.trim(), number, duration === undefined ? {} : { duration });
  }

  #latency(duration: number | undefined, time: number | undefined, labels: Labels, number: number): void {
    if (duration === undefined || time === undefined) return;
    const { process } = labels;
    const own = labelsOf([...Object.entries(this.#sink.context), ['process', process]]);
    const hints = { kind: 'gauge', unit: 'seconds' } as const;
    this.#sink
      .series(`bpf.${this.#tool}.latency`, own, hints)
      .push(time, Number((duration / 1000).toPrecision(12)), number);
  }

  /** Rows of numbers alone are totals of an interval: cachestat. */
  #interval(cells: readonly string[], time: number, number: number): void {
    this.#events.rows++;
    for (const [i, column] of this.#columns.entries()) {
      if (column.startsWith('TIME')) continue;
      const name = `bpf.${this.#tool}.${column.toLowerCase()}`;
      this.#sink
        .series(name, this.#sink.context, { kind: 'gauge' })
        .push(time, numberOf((cells[i] ?? '').replace('%', '')), number);
    }
  }

  finish(): void {
    this.#events.finish(`bpf ${this.#tool}`);
  }
}

function milliseconds(column: string, cell: string): number | undefined {
  const value = numberOf(cell);
  if (Number.isNaN(value)) return undefined;
  const factor = column.includes('us') ? 1e-3 : column.includes('ns') ? 1e-6 : 1;
  return Number((value * factor).toPrecision(12));
}

function labelFor(column: string): string {
  if (column === 'COMM' || column === 'PCOMM') return 'process';
  if (column === 'T>') return 'kind';
  if (column === 'LADDR:LPORT' || column === 'SADDR:SPORT') return 'local';
  if (column === 'RADDR:RPORT' || column === 'DADDR:DPORT') return 'peer';
  return column.toLowerCase().replace(/[^a-z0-9_]/g, '');
}
