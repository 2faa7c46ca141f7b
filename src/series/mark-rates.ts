import { problem } from '../errors.js';
import type { Signal } from '../signals/signal.js';
import type { Problem } from '../types/problem.js';
import type { ForeignSeries, Imported } from './foreign.js';
import { medianStep } from './key.js';
import { assumedWindow, pathOf } from './name-columns.js';
import { resolveName } from './resolve.js';

/** Things one cannot have half of: a broken number of them has been divided by something. */
const WHOLE: ReadonlySet<string> = new Set([
  'count', 'packets', 'segments', 'connections', 'requests', 'pages', 'operations', 'tasks', 'bytes',
]); // prettier-ignore
/** Share of steps at which a counter may fall and still be one that was reset. */
const RESETS = 0.05;

/**
 * Panels that show a counter's rate without saying so (`kubeskoop_tcp_insegs.csv` with columns of pods), told by what no
 * counter does: all series of the file together fall often, or count broken things. CPU modes that add up to 100 are per
 * cent of a CPU. Columns of one table are written alike: beside a rate, a counter that ever falls is one as well, and no
 * counter that was reset. The window of such rates is not stated; four steps are assumed.
 */
export function markRates(imported: Imported): Imported {
  const groups = new Map<string, ForeignSeries[]>();
  for (const series of imported.series) {
    if (series.kind !== undefined || !isTable(series.importer)) continue;
    const key = `${pathOf(series)}\n${series.name}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [series]);
    else group.push(series);
  }
  const changed = new Map<ForeignSeries, ForeignSeries>();
  const problems: Problem[] = [];
  const counters = [...groups.values()].flatMap((group) => {
    const signal = counterOf(group[0]!);
    return signal === undefined ? [] : [{ group, file: pathOf(group[0]!), alone: isRated(group, signal) }];
  });
  const rates = new Set(counters.filter(({ alone }) => alone).map(({ file }) => file));
  for (const { group, file, alone } of counters) {
    const first = group[0]!;
    if (!alone && !(rates.has(file) && fallsIn(group).falls > 0)) continue;
    const window = assumedWindow(medianStep(first.time));
    problems.push(problem('RATE_WINDOW_ASSUMED', pathOf(first), { name: first.name, seconds: window / 1000 }));
    const share = shareOf(group);
    for (const series of group) changed.set(series, rated(series, window, share));
  }
  if (changed.size === 0) return imported;
  const series = imported.series.map((one) => changed.get(one) ?? one);
  return { ...imported, series, problems: [...imported.problems, ...problems] };
}

/** Only tables leave out what was asked; query answers that carry a metric's name are that metric. */
function isTable(importer: string): boolean {
  return importer.endsWith('csv') || importer === 'csv-timeseries' || importer.startsWith('grafana');
}

function counterOf(series: ForeignSeries): Signal | undefined {
  if (/[({]/.test(series.name)) return undefined;
  const resolved = resolveName(series.name, series.labels)[0];
  if (resolved === undefined) return undefined;
  return (resolved.name.kind ?? resolved.signal.kind) === 'counter' ? resolved.signal : undefined;
}

function isRated(group: readonly ForeignSeries[], signal: Signal): boolean {
  const broken = (value: number): boolean => value % 1 !== 0 && Number.isFinite(value);
  if (WHOLE.has(signal.unit) && group.some(({ value }) => value.some(broken))) return true;
  const { falls, steps } = fallsIn(group);
  return falls >= 2 && falls > RESETS * steps;
}

function fallsIn(group: readonly ForeignSeries[]): { readonly falls: number; readonly steps: number } {
  let falls = 0;
  let steps = 0;
  for (const { value } of group)
    for (let i = 1; i < value.length; i++) {
      steps++;
      if (value[i]! < value[i - 1]!) falls++;
    }
  return { falls, steps };
}

function rated(series: ForeignSeries, window: number, share: Share | undefined): ForeignSeries {
  const base = { ...series, kind: 'rate' as const, window };
  if (share === undefined) return base;
  const conversion = [series.conversion, share.text].filter((part) => part !== undefined).join(', ');
  return { ...base, conversion, value: series.value.map((value) => value / share.divisor) };
}

interface Share {
  readonly divisor: number;
  readonly text: string;
}

/** What the modes of a CPU add up to, when they are all there: 100 per cent, or the number of CPUs. */
function shareOf(group: readonly ForeignSeries[]): Share | undefined {
  const modes = new Set(group.map(({ labels }) => labels['mode']));
  if (!modes.has('idle') || !modes.has('user') || !modes.has('system') || group.some(({ labels }) => 'cpu' in labels))
    return undefined;
  const sums = new Map<number, number>();
  for (const { time, value } of group)
    for (let i = 0; i < time.length; i++) sums.set(time[i]!, (sums.get(time[i]!) ?? 0) + value[i]!);
  const sorted = [...sums.values()].sort((a, b) => a - b);
  const total = sorted[sorted.length >> 1] ?? 0;
  // a little time is always missing: clocks of idle CPUs stop, hypervisors take some
  if (total > 85 && total < 101.5) return { divisor: 100, text: `÷ 100 (%; Σ modes = ${total.toFixed(1)})` };
  const cpus = total < 16 ? Math.ceil(total - 0.02) : Math.round(total);
  if (cpus > 1 && Math.abs(total - cpus) < 0.1 * cpus)
    return { divisor: cpus, text: `÷ ${cpus} (Σ modes = ${total.toFixed(2)} CPU)` };
  return undefined;
}
