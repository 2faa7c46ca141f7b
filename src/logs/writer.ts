import { redactSecrets } from '../dump/redact.js';
import type { Sink } from '../importers/importer.js';
import type { Labels, LogEvent } from '../types/series.js';
import type { Milliseconds } from '../types/units.js';
import { applicationKind } from './application.js';
import type { Level } from './level.js';
import { LevelCounts } from './counts.js';

/** One entry of a log, before it is shortened and cleared of secrets. */
export interface LogEntry {
  /** Undefined when the file does not tell. */
  readonly time: Milliseconds | undefined;
  readonly line: number;
  readonly message: string;
  readonly level: Level;
  /** Event kind; when absent, what the message says, or `log.‹level›`. */
  readonly kind?: string;
  readonly labels?: Labels;
  readonly duration?: Milliseconds;
  readonly count?: number;
}

/** Longest message that is kept; the rest is counted. */
const MAX_MESSAGE = 2000;
/** Looked at for secrets, so that none survives by straddling the cut. */
const MAX_REDACTED = 8000;
/** Events kept of one file; beyond, only what is a warning or worse, and then only the counts. */
const MAX_EVENTS = 50_000;
/** Different things without a time that are kept as facts. */
const MAX_UNPLACED = 1000;

/**
 * Puts the entries of one log into the sink: messages shortened and without secrets, untimed lines counted, the number
 * of lines per level as counters `log.lines{level}`. Call `finish` at the end.
 */
export class LogWriter {
  readonly #sink: Sink;
  readonly #counts = new LevelCounts();
  #pending: { entry: LogEntry; parts: string[]; length: number } | undefined;
  #events = 0;
  #serious = 0;
  #left = 0;
  #secrets = 0;
  #untimed = 0;
  #firstUntimed = 0;
  readonly #unplaced = new Map<string, { kind: string; labels: Labels; count: number }>();

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  /** Number of entries so far, timed or not. */
  entries = 0;

  write(entry: LogEntry): void {
    this.#flush();
    this.entries++;
    this.#pending = { entry, parts: [entry.message], length: entry.message.length };
  }

  /** A line that belongs to the entry before it, such as a stack frame. Returns false when there is none. */
  append(text: string): boolean {
    const pending = this.#pending;
    if (!pending) return false;
    if (pending.length < MAX_REDACTED) pending.parts.push(text);
    pending.length += text.length + 1;
    return true;
  }

  finish(): void {
    this.#flush();
    this.#counts.finish(this.#sink);
    if (this.#secrets > 0) this.#sink.problem('SECRETS_HIDDEN', { count: this.#secrets });
    if (this.#left > 0) this.#sink.problem('EVENTS_LEFT_OUT', { kept: this.#events, left: this.#left });
    if (this.#untimed > 0) this.#sink.problem('UNTIMED_LINES', { count: this.#untimed }, this.#firstUntimed);
    for (const { kind, labels, count } of this.#unplaced.values()) {
      this.#sink.fact(`event.${kind}`, count, { unit: 'count', labels });
    }
  }

  #flush(): void {
    const pending = this.#pending;
    this.#pending = undefined;
    if (!pending) return;
    const { entry } = pending;
    const kind = entry.kind ?? applicationKind(entry.message) ?? `log.${entry.level}`;
    if (entry.time === undefined) {
      this.#secrets += redactSecrets(pending.parts.join('\n').slice(0, MAX_REDACTED)).count;
      this.#countUntimed(kind, entry);
      return;
    }
    if (entry.kind === undefined) this.#counts.add(entry.time, entry.level, entry.count ?? 1);
    const serious = entry.level === 'fatal' || entry.level === 'error' || entry.level === 'warn' || typed(kind);
    if ((this.#events >= MAX_EVENTS && !serious) || this.#serious >= MAX_EVENTS) {
      this.#left++;
      return;
    }
    this.#events++;
    if (serious) this.#serious++;
    this.#sink.event(this.#event(entry, entry.time, kind, pending));
  }

  #event(
    entry: LogEntry,
    time: Milliseconds,
    kind: string,
    pending: { parts: string[]; length: number },
  ): Omit<LogEvent, 'source'> & { line: number } {
    const joined = pending.parts.length === 1 ? entry.message : pending.parts.join('\n');
    const shown = withoutControls(joined.length > MAX_REDACTED ? joined.slice(0, MAX_REDACTED) : joined);
    const clean = redactSecrets(shown);
    this.#secrets += clean.count;
    const dropped = pending.length - MAX_MESSAGE;
    const message = dropped > 0 ? `${clean.text.slice(0, MAX_MESSAGE)}… (+${dropped} characters)` : clean.text;
    return {
      time,
      kind,
      labels: { ...this.#sink.context, ...entry.labels },
      message,
      line: entry.line,
      ...(entry.duration === undefined ? {} : { duration: entry.duration }),
      ...(entry.count === undefined ? {} : { count: entry.count }),
    };
  }

  /** What happened at an unknown time is no event, but that it happened is a fact. */
  #countUntimed(kind: string, entry: LogEntry): void {
    if (this.#untimed++ === 0) this.#firstUntimed = entry.line;
    if (!typed(kind)) return;
    const labels = { ...this.#sink.context, ...entry.labels };
    const key = `${kind} ${JSON.stringify(labels)}`;
    const before = this.#unplaced.get(key);
    if (before) before.count += entry.count ?? 1;
    else if (this.#unplaced.size < MAX_UNPLACED) this.#unplaced.set(key, { kind, labels, count: entry.count ?? 1 });
  }
}

/** Whether a kind says more than that something was logged. */
function typed(kind: string): boolean {
  return kind !== 'kernel.message' && !/^log\.(?:fatal|error|warn|info|debug|trace|line)$/.test(kind);
}

/** Colours and other commands to a terminal, and what else cannot be shown, except line ends and tabs. */
const CONTROLS = /\u001b\[[0-9;?]{0,30}[ -/]{0,3}[@-~]|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

function withoutControls(text: string): string {
  return text.replace(CONTROLS, '');
}
