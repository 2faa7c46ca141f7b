import type { Level, Signal } from '../signals/signal.js';
import type { Labels, Origin, SeriesKind } from '../types/series.js';
import type { BaseUnit, Milliseconds, Unit } from '../types/units.js';
import type { EntityGraph } from './entities.js';
import type { ForeignSeries } from './foreign.js';
import { omit, splitLabels } from './labels.js';
import { resolveName, type Resolved } from './resolve.js';

/** A series on its way into the case: meaning known, not yet merged with its like. */
export interface Draft {
  readonly signal: string;
  readonly level: Level;
  readonly labels: Record<string, string>;
  readonly scrape: Labels;
  readonly kind: SeriesKind;
  readonly unit: Unit;
  readonly window?: Milliseconds;
  readonly rounding?: number;
  readonly conversion?: string;
  /** Series brought together in this one. */
  readonly parts?: number;
  readonly importer: string;
  /** Name as written in the file. */
  readonly name: string;
  readonly time: Float64Array;
  readonly value: Float64Array;
  readonly origin: Origin;
  /** Whether the file named a pod or process although the signal speaks of the node. */
  readonly borrowed: boolean;
  readonly dated: ForeignSeries['dated'];
  readonly catalogue: Signal | undefined;
}

/** Falls of a counter that are still believed to be resets: at most this share of the steps, or two. */
const RESET_SHARE = 0.05;

/** What is to be told about an assumption made on the way. */
export type Report = (code: 'RATE_ASSUMED' | 'GAUGE_ASSUMED', foreign: ForeignSeries, falls: number) => void;

/** The drafts of a foreign series: one per signal it stands for, or one `raw:` draft when the catalogue does not know it. */
export function draftsOf(foreign: ForeignSeries, graph: EntityGraph, report: Report): Draft[] {
  const resolved = resolveName(foreign.name, foreign.labels).filter((one) => usable(one, foreign));
  if (resolved.length === 0) return [rawDraft(foreign, graph, report)];
  return resolved.map((one) => knownDraft(foreign, one, graph, report));
}

/** Readings that each set the source to zero, added up to a counter. */
function addedUp(foreign: ForeignSeries): ForeignSeries {
  let sum = 0;
  const value = foreign.value.map((x) => (Number.isNaN(x) ? NaN : (sum += x)));
  return { ...foreign, value, conversion: 'added up (reading sets it to zero)' };
}

/** A rate of something that is a level is another quantity than the level. */
function usable({ signal, expression }: Resolved, foreign: ForeignSeries): boolean {
  if (signal.kind === 'counter') return true;
  if (expression?.quantile !== undefined) return true;
  if (expression?.rate !== undefined) return false;
  return !(foreign.kind === 'rate' && (foreign.unit?.endsWith('/second') ?? true));
}

function knownDraft(foreign: ForeignSeries, resolved: Resolved, graph: EntityGraph, report: Report): Draft {
  const { signal, name, scale, expression } = resolved;
  const split = splitLabels(foreign.labels, name.name);
  const { scrape } = split;
  const own = omit(split.labels, ['le', ...Object.keys(name.where ?? {})]);
  const ofNode = signal.level === 'node' || name.hostWide === true || name.name.startsWith('node_');
  const borrowed = isBorrowed(own, name.name, ofNode, signal.level);
  const labels = strip(graph.complete(own, scrape, signal.level), ofNode, signal.level);
  const kind = kindOf(foreign, resolved, report);
  const window = expression?.rate ?? foreign.window;
  return {
    ...common(name.sinceRead === true ? addedUp(foreign) : foreign, scale),
    signal: signal.id,
    level: signal.level,
    labels,
    scrape,
    kind,
    unit: kind === 'rate' ? `${signal.unit}/second` : signal.unit,
    ...((kind === 'rate' || expression?.rate !== undefined) && window !== undefined && { window }),
    borrowed,
    catalogue: signal,
  };
}

/** Numbers of a node read through a pod, or of a process read through a thread: the same is printed for each. */
function isBorrowed(own: Labels, name: string, ofNode: boolean, level: Level): boolean {
  if (level === 'process') return own['tid'] !== undefined;
  return ofNode && !name.startsWith('node_') && (own['pod'] !== undefined || own['pid'] !== undefined);
}

const OF_PODS = ['pod', 'namespace', 'container', 'pid', 'tid', 'cgroup', 'service'];

/** Labels without those of finer things than the signal speaks of. */
function strip(labels: Record<string, string>, ofNode: boolean, level: Level): Record<string, string> {
  if (ofNode) return omit(labels, OF_PODS);
  if (level === 'process') return omit(labels, ['tid']);
  return level === 'pod' && labels['pod'] !== undefined ? omit(labels, ['pid', 'tid']) : labels;
}

function kindOf(foreign: ForeignSeries, { signal, name, expression }: Resolved, report: Report): SeriesKind {
  const kind = name.kind ?? signal.kind;
  if (kind === 'gauge') return 'gauge';
  if (foreign.kind === 'rate' || expression?.rate !== undefined) return 'rate';
  const falls = fallsOf(foreign.value);
  if (falls <= Math.max(2, RESET_SHARE * foreign.value.length)) return 'counter';
  report('RATE_ASSUMED', foreign, falls);
  return 'rate';
}

function common(
  foreign: ForeignSeries,
  scale: number,
): Omit<Draft, 'signal' | 'level' | 'labels' | 'scrape' | 'kind' | 'unit' | 'borrowed' | 'catalogue'> {
  const factor = scale === 1 ? undefined : `× ${Number(scale.toPrecision(12))}`;
  const conversion = [foreign.conversion, factor].filter((part) => part !== undefined).join(', ');
  const rounding = foreign.rounding === undefined ? undefined : foreign.rounding * scale;
  return {
    importer: foreign.importer,
    name: foreign.name,
    time: foreign.time,
    value: scale === 1 ? foreign.value : scaled(foreign.value, scale),
    origin: foreign.origin,
    dated: foreign.dated,
    ...(rounding !== undefined && { rounding }),
    ...(conversion !== '' && { conversion }),
  };
}

function scaled(value: Float64Array, scale: number): Float64Array {
  // dividing keeps decimal fractions exact: 5 × 0.01 is 0.05, but 7 × 0.01 is not 0.07
  const divisor = Math.round(1 / scale);
  const exact = scale < 1 && Math.abs(divisor * scale - 1) < 1e-12;
  const out = new Float64Array(value.length);
  for (let i = 0; i < value.length; i++) out[i] = exact ? value[i]! / divisor : value[i]! * scale;
  return out;
}

function rawDraft(foreign: ForeignSeries, graph: EntityGraph, report: Report): Draft {
  const { labels, scrape } = splitLabels(foreign.labels, foreign.name);
  const level: Level = labels['pod'] !== undefined || labels['pid'] !== undefined ? 'process' : 'device';
  graph.complete(labels, scrape, level);
  const kind = rawKind(foreign, report);
  const unit = foreign.unit ?? 'unknown';
  return {
    ...common(foreign, 1),
    signal: `raw:${foreign.name}`,
    level,
    labels,
    scrape,
    kind,
    unit: kind === 'rate' && !unit.endsWith('/second') ? `${unit as BaseUnit}/second` : unit,
    ...(kind === 'rate' && foreign.window !== undefined && { window: foreign.window }),
    borrowed: false,
    catalogue: undefined,
  };
}

/** Counter or gauge of an unknown name: what the source says, unless the numbers contradict it. */
function rawKind(foreign: ForeignSeries, report: Report): SeriesKind {
  if (foreign.kind === 'rate') return 'rate';
  const falls = fallsOf(foreign.value);
  const rarely = falls <= Math.max(2, RESET_SHARE * foreign.value.length);
  if (foreign.kind === 'counter') {
    if (rarely) return 'counter';
    report('GAUGE_ASSUMED', foreign, falls);
    return 'gauge';
  }
  if (foreign.name.includes('(') || !rarely) return 'gauge';
  if (/_(total|count|sum)$/.test(foreign.name)) return 'counter';
  // exporters that call their counters gauges: long, whole, never falling, often rising
  const exporter = /^(kubeskoop|inspector)_/.test(foreign.name);
  return exporter && foreign.value.length >= 8 && falls === 0 && risesOf(foreign.value) >= 4 ? 'counter' : 'gauge';
}

function fallsOf(value: Float64Array): number {
  let falls = 0;
  for (let i = 1; i < value.length; i++) if (value[i]! < value[i - 1]!) falls++;
  return falls;
}

function risesOf(value: Float64Array): number {
  let rises = 0;
  for (let i = 1; i < value.length; i++) if (value[i]! > value[i - 1]!) rises++;
  return rises;
}
