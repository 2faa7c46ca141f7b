import { get, str } from '../dump/json.js';
import { levelOfWord, type Level } from './level.js';
import { wholeStamp, type Stamp } from './time.js';

/** Reads a field of a structured log entry by name; undefined when absent. */
export type Lookup = (name: string) => unknown;

const TIME = [
  '@timestamp',
  'timestamp',
  'ts',
  'time',
  't',
  'datetime',
  'date',
  'asctime',
  '_time',
  'eventTime',
  'timeMillis',
  '@t',
  'Timestamp',
  'Time',
  'timestamp_ms',
  'ts_ms',
  'start_time',
  'created',
];
const LEVEL = [
  'level',
  'lvl',
  'severity',
  'log.level',
  'levelname',
  'loglevel',
  'log_level',
  '@level',
  '@l',
  'severity_text',
  'Level',
  'SeverityText',
];
const MESSAGE = [
  'msg',
  'message',
  '@message',
  'textPayload',
  'text',
  'log',
  'event',
  'body',
  '@mt',
  'Message',
  'MESSAGE',
];
/** Field → label. */
const LABELS: readonly (readonly [string, readonly string[]])[] = [
  ['service', ['service', 'service.name', 'app', 'application']],
  ['logger', ['logger', 'logger_name', 'log.logger', 'name']],
  ['node', ['host', 'hostname', 'host.name', 'node']],
  ['pod', ['pod', 'pod_name', 'kubernetes.pod.name', 'k8s.pod.name']],
  ['namespace', ['namespace', 'kubernetes.namespace', 'k8s.namespace.name']],
  ['container', ['container', 'kubernetes.container.name']],
  ['trace', ['trace_id', 'traceId', 'trace.id', 'traceID', 'TraceId']],
];

/** What a structured entry (JSON or logfmt) says in the fields that loggers use. */
export interface Structured {
  readonly stamp: Stamp | undefined;
  readonly level: Level | undefined;
  readonly message: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
}

function first(lookup: Lookup, names: readonly string[]): unknown {
  for (const name of names) {
    const value = lookup(name);
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

/** Time, level, message and labels of a structured entry, by the names that common loggers give them. */
export function structured(lookup: Lookup): Structured {
  const labels: Record<string, string> = {};
  for (const [label, names] of LABELS) {
    const value = str(first(lookup, names));
    if (value !== undefined && value !== '' && value.length <= 256) labels[label] = value;
  }
  const message = first(lookup, MESSAGE);
  return {
    stamp: stampOf(first(lookup, TIME)),
    level: levelOfField(first(lookup, LEVEL)),
    message: str(message) ?? (message === undefined ? undefined : JSON.stringify(message)),
    labels,
  };
}

/** Numbers are epoch seconds to nanoseconds by their size; strings are read as stamps. */
function stampOf(value: unknown): Stamp | undefined {
  const text = typeof value === 'number' ? plain(value) : str(value);
  return text === undefined ? undefined : wholeStamp(text);
}

function plain(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(6);
}

/** pino and bunyan count in tens: 10 trace … 60 fatal. */
function levelOfField(value: unknown): Level | undefined {
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && /^\d0$/.test(value) ? Number(value) : undefined;
  if (number !== undefined)
    return number >= 10 ? (['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const)[number / 10 - 1] : undefined;
  return typeof value === 'string' ? levelOfWord(value) : undefined;
}

/** Looks names up in a JSON object: as they are, as a path of nested objects, or below `@fields`. */
export function jsonLookup(object: unknown): Lookup {
  return (name) =>
    get(object, name) ??
    (name.includes('.') ? get(object, ...name.split('.')) : undefined) ??
    get(object, '@fields', name);
}

/**
 * The pairs of a logfmt line: `key=value key="quoted \"value\"" flag`. Linear; the first of equal keys wins.
 */
export function logfmt(line: string): Map<string, string> {
  const pairs = new Map<string, string>();
  let i = 0;
  while (i < line.length) {
    while (line[i] === ' ' || line[i] === '\t') i++;
    const start = i;
    while (i < line.length && line[i] !== '=' && line[i] !== ' ' && line[i] !== '\t') i++;
    const key = line.slice(start, i);
    if (line[i] !== '=') continue;
    i++;
    let value: string;
    if (line[i] === '"') {
      const end = quoteEnd(line, i + 1);
      value = line.slice(i + 1, end).replace(/\\(["\\])/g, '$1');
      i = end + 1;
    } else {
      const from = i;
      while (i < line.length && line[i] !== ' ' && line[i] !== '\t') i++;
      value = line.slice(from, i);
    }
    if (key !== '' && !pairs.has(key)) pairs.set(key, value);
  }
  return pairs;
}

function quoteEnd(line: string, from: number): number {
  for (let i = from; i < line.length; i++) {
    if (line[i] === '\\') i++;
    else if (line[i] === '"') return i;
  }
  return line.length;
}
