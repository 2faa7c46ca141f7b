import { get, list, parseJson, str } from '../dump/json.js';
import type { Labels } from '../types/series.js';
import type { Milliseconds } from '../types/units.js';
import { nanoseconds } from './time.js';

/** One event of KubeSkoop's exporter. */
export interface KubeskoopEvent {
  /** Epoch ms; absent in the older text form. */
  readonly time?: Milliseconds;
  /** `kubeskoop.‹TYPE›`. */
  readonly kind: string;
  readonly labels: Labels;
  readonly message: string;
  readonly duration?: Milliseconds;
}

const JSON_FORM = /^(?:event: ?)?\{.{0,4000}"type" ?:/s;
const TEXT_FORM = /^(?:event: ?)?type=([A-Za-z0-9_]{3,60}) /;
const TYPE = /^[A-Za-z0-9_]{3,60}$/;
const LATENCY = /\blatency[ =:]{1,3}(\d{1,18}) ?(ns|us|µs|ms|s)\b/;
const PAIR = /([A-Za-z_]\w{0,40})=(\S{0,200})/g;
const PER_UNIT = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['ms', 1],
  ['s', 1000],
]);
const ENTITY = new Set(['pod', 'namespace', 'node']);
/** How older exporters spell `SOFTIRQ_…`. */
const OLD_PREFIX = /^NETSOFTIRQ_/;
/** Parts of an event's body that are no labels: they would tell every event from every other. */
const MEASURES = new Set(['latency', 'time', 'stack']);

/**
 * The event in a line: JSON with ns as an integer beyond 2^53, the same behind `event: `, or the older
 * `type=X pod=P namespace=N ‹body›`.
 * @returns undefined for any other line
 */
export function kubeskoopEvent(line: string): KubeskoopEvent | undefined {
  if (line.startsWith('{') || line.startsWith('event: {') || line.startsWith('event:{')) return jsonForm(line);
  const text = TEXT_FORM.exec(line);
  if (!text) return undefined;
  const pairs = keyValues(line.slice(0, 4000));
  return event(text[1]!, pairs, line.trimEnd(), undefined);
}

function jsonForm(line: string): KubeskoopEvent | undefined {
  if (!JSON_FORM.test(line)) return undefined;
  const parsed = parseJson(line.slice(line.indexOf('{')));
  return parsed.ok ? kubeskoopObject(parsed.value) : undefined;
}

/** The event in a parsed JSON object; undefined when it has not the shape of one. */
export function kubeskoopObject(value: unknown): KubeskoopEvent | undefined {
  const type = get(value, 'type');
  const msg = get(value, 'msg');
  if (typeof type !== 'string' || !TYPE.test(type) || typeof msg !== 'string') return undefined;
  const given = get(value, 'labels');
  if (given !== undefined && given !== null && !Array.isArray(given)) return undefined;
  const pairs = new Map<string, string>();
  for (const label of list(given)) {
    const name = str(get(label, 'name'));
    const text = str(get(label, 'value'));
    if (name !== undefined && text !== undefined) pairs.set(name, text);
  }
  const digits = str(get(value, 'timestamp'));
  for (const [name, text] of keyValues(msg)) if (!pairs.has(name)) pairs.set(name, text);
  return event(type, pairs, msg, digits === undefined ? undefined : nanoseconds(digits));
}

function event(
  type: string,
  pairs: ReadonlyMap<string, string>,
  body: string,
  time: Milliseconds | undefined,
): KubeskoopEvent {
  const labels: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, text] of pairs) {
    if (MEASURES.has(name.toLowerCase()) || (text === '' && !ENTITY.has(name))) continue;
    labels[name === 'type' ? 'type' : name] = text;
  }
  if (labels['type'] === type) delete labels['type'];
  const latency = LATENCY.exec(body);
  const duration = latency ? Number(latency[1]) * (PER_UNIT.get(latency[2]!) ?? Number.NaN) : undefined;
  // NUL padding of `comm` in BIOLAT bodies
  const message = body.replaceAll('\u0000', '');
  return {
    kind: `kubeskoop.${type.replace(OLD_PREFIX, 'SOFTIRQ_')}`,
    labels: { ...labels },
    message,
    ...(time === undefined || Number.isNaN(time) ? {} : { time }),
    ...(duration === undefined ? {} : { duration }),
  };
}

function keyValues(text: string): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const m of text.matchAll(PAIR)) if (!pairs.has(m[1]!)) pairs.set(m[1]!, m[2]!);
  return pairs;
}
