import { signals } from '../signals/all.js';
import type { Signal, SignalName } from '../signals/signal.js';
import type { Labels } from '../types/series.js';
import { parseExpression, type Expression } from './expression.js';

/** What a foreign name means in the catalogue. */
export interface Resolved {
  readonly signal: Signal;
  readonly name: SignalName;
  /** Factor from the numbers as given to the unit of the signal. */
  readonly scale: number;
  /** Set when the name was an expression. */
  readonly expression?: Expression;
}

interface Candidate {
  readonly signal: Signal;
  readonly name: SignalName;
}

const byName = new Map<string, Candidate[]>();
for (const signal of signals) {
  for (const entry of signal.names) {
    const name = typeof entry === 'string' ? { name: entry } : entry;
    const list = byName.get(name.name);
    if (list === undefined) byName.set(name.name, [{ signal, name }]);
    else list.push({ signal, name });
  }
}

/** Names without prefix and punctuation, for the old forms of the same exporter; longest first wins. */
const bare = new Map<string, string>();
for (const name of byName.keys()) {
  if (!name.startsWith('kubeskoop_')) continue;
  const [, module, ...rest] = name.split('_');
  bare.set(squeeze(`${module}${rest.join('')}`), name);
}
/** Words that any exporter uses; alone they do not name a quantity. */
const COMMON = new Set(
  'backlog bytes dropped drops entries indiscards inserts invalid latency orphan overlimits packets processed rxbytes rxdropped rxerrors rxpackets total txbytes txdropped txerrors txpackets'.split(
    ' ',
  ),
);
/** Quantity without its module (`passiveopens`, `rxqueue`), only where no other module has the same. */
const short = new Map<string, string | null>();
for (const name of byName.keys()) {
  if (!name.startsWith('kubeskoop_')) continue;
  const quantity = squeeze(name.split('_').slice(2).join(''));
  for (const form of new Set([quantity, quantity.replace(/^tcp/, '')]))
    if (form.length >= 7 && !COMMON.has(form)) short.set(form, short.has(form) ? null : name);
}

/** Aggregations after which the numbers still are the quantity; over what, the remaining labels tell. */
const ADDITIVE = new Set(['sum', 'avg', 'max', 'min']);

const OLD_PREFIXES = ['inspectorpod', 'inspector', 'kubeskoop', 'netexporter'];
const memo = new Map<string, Candidate[]>();
const MEMO_LIMIT = 20_000;

/**
 * The signals a foreign name stands for under these labels; usually one, none when the catalogue does not know it.
 * Exact names first; then expressions (`rate(x[60s])`); then the old forms of the Kubernetes net exporter
 * (`inspector_pod_tcppassiveopens`, doubled modules, no prefix at all).
 */
export function resolveName(foreign: string, labels: Labels): Resolved[] {
  const direct = candidates(foreign);
  if (direct.length > 0) return matching(direct, labels, 1);
  if (!/[({[*/]/.test(foreign)) return [];
  const expression = parseExpression(foreign);
  if (expression === null || expression.over !== undefined) return [];
  const { aggregate, quantile, increase, rate } = expression;
  if (quantile !== undefined) return aggregate === 'quantile' ? [] : quantileOf(expression);
  if (aggregate !== undefined && !ADDITIVE.has(aggregate)) return [];
  // an increase over an unknown window cannot be brought to a second
  if (increase === true && !rate) return [];
  const scale = (increase === true ? 1000 / rate! : 1) / expression.scale;
  return matching(candidates(expression.metric), { ...expression.labels, ...labels }, scale, expression);
}

function candidates(foreign: string): Candidate[] {
  const exact = byName.get(foreign);
  if (exact !== undefined) return exact;
  let found = memo.get(foreign);
  if (found === undefined) {
    const name = normalised(foreign);
    found = name === undefined ? [] : (byName.get(name) ?? []);
    if (memo.size < MEMO_LIMIT) memo.set(foreign, found);
  }
  return found;
}

function matching(list: readonly Candidate[], labels: Labels, scale: number, expression?: Expression): Resolved[] {
  const found: Resolved[] = [];
  for (const { signal, name } of list) {
    if (!matches(name, labels, list)) continue;
    if (found.some((other) => other.signal === signal)) continue;
    const resolved = { signal, name, scale: scale * (name.scale ?? 1) };
    found.push(expression === undefined ? resolved : { ...resolved, expression });
  }
  return found;
}

/**
 * Whether labels fit an entry. An entry that asks for less than another of its name also fits series that lack what the
 * other asks for (aggregated away), but not those where it has another value.
 */
function matches(entry: SignalName, labels: Labels, list: readonly Candidate[]): boolean {
  const where = entry.where ?? {};
  if (!Object.entries(where).every(([name, value]) => labels[name] === value)) return false;
  return list.every(({ name: other }) =>
    Object.keys(other.where ?? {}).every((name) => Object.hasOwn(where, name) || !Object.hasOwn(labels, name)),
  );
}

/** `histogram_quantile(0.99, …x_bucket…)` is the p99 of x, when x is a latency the catalogue knows. */
function quantileOf(expression: Expression): Resolved[] {
  const base = expression.metric.replace(/_bucket$/, '');
  const known = byName.get(`${base}_count`)?.some(({ signal }) => signal.id === 'app.requests') ?? false;
  if (!known) return [];
  const id = `app.latency.p${Math.round(expression.quantile! * 1000) / 10}`;
  const signal = signals.find((candidate) => candidate.id === id);
  if (signal === undefined) return [];
  const scale = (/milliseconds|_ms$/.test(base) ? 0.001 : 1) / expression.scale;
  return [{ signal, name: { name: expression.metric, kind: 'gauge' }, scale, expression }];
}

function squeeze(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The current name of an old one, or undefined. */
export function normalised(foreign: string): string | undefined {
  if (foreign.length > 120 || foreign.includes('.') || /^(node|container|kube|proc|go|process)_/.test(foreign))
    return undefined;
  let name = squeeze(foreign);
  let prefixed = false;
  for (const prefix of OLD_PREFIXES) {
    if (!name.startsWith(prefix)) continue;
    name = name.slice(prefix.length);
    prefixed = true;
    break;
  }
  const whole = bare.get(name);
  if (whole !== undefined) return whole;
  if (prefixed) {
    // doubled modules (`ioioreadbytes`, `socketlatencysocketlatencyread100ms`): the longest known ending
    for (let cut = 1; cut < name.length - 4; cut++) {
      const ending = bare.get(name.slice(cut));
      if (ending !== undefined) return ending;
    }
  }
  return short.get(name) ?? undefined;
}
