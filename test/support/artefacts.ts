import type { Labels, Origin, SeriesKind } from '../../src/types/series.js';

/** What an artefact changes: series of a case, or foreign ones on their way there. */
export interface Sampled {
  readonly labels: Labels;
  readonly kind?: SeriesKind;
  readonly time: Float64Array;
  readonly value: Float64Array;
  readonly origin: Origin;
}

/** Whether a series was collected by the thing that misbehaves. */
export type Target<T> = (series: T) => boolean;

/** The samples that `keep` accepts, perhaps under other times, in order of time. */
function resampled<T extends Sampled>(
  series: T,
  keep: (time: number) => boolean,
  at: (time: number) => number = (t) => t,
): T {
  const order = Array.from(series.time.keys())
    .filter((i) => keep(series.time[i]!))
    .sort((a, b) => at(series.time[a]!) - at(series.time[b]!) || a - b);
  // of samples at one instant the last one wins, as when a file is read
  const last = order.filter(
    (i, k) => k + 1 === order.length || at(series.time[order[k + 1]!]!) !== at(series.time[i]!),
  );
  const column = (of: number | Uint32Array): number | Uint32Array =>
    typeof of === 'number' ? of : Uint32Array.from(last, (i) => of[i]!);
  const { files, file, line } = series.origin;
  return {
    ...series,
    time: Float64Array.from(last, (i) => at(series.time[i]!)),
    value: Float64Array.from(last, (i) => series.value[i]!),
    origin: { files, file: column(file), line: column(line) },
  };
}

/** Counted since some beginning: said to be, or never falling and rising. */
export function cumulative({ kind, value }: Sampled): boolean {
  if (kind !== undefined) return kind === 'counter';
  const known = value.filter((x) => !Number.isNaN(x));
  return known.length > 2 && known.every((x, i) => i === 0 || x >= known[i - 1]!) && known.at(-1)! > known[0]!;
}

function each<T>(all: readonly T[], target: Target<T>, change: (series: T) => T | readonly T[]): T[] {
  return all.flatMap((series) => (target(series) ? change(series) : [series]));
}

/** The exporter is restarted: what it counts begins at zero again. */
export function restart<T extends Sampled>(all: readonly T[], target: Target<T>, at: number): T[] {
  return each(all, target, (series) => {
    if (!cumulative(series)) return series;
    const before = series.value.findLast((x, i) => series.time[i]! < at && !Number.isNaN(x)) ?? 0;
    return { ...series, value: series.value.map((x, i) => (series.time[i]! < at ? x : x - before)) };
  });
}

/** One scrape finds everything at zero, e.g. while the exporter has read nothing yet. */
export function blank<T extends Sampled>(all: readonly T[], target: Target<T>, at: number): T[] {
  return each(all, target, (series) => {
    const index = series.time.findIndex((t) => t >= at);
    if (index < 0) return series;
    return { ...series, value: series.value.map((x, i) => (i === index ? 0 : x)) };
  });
}

/** No scrape succeeds for a while. */
export function hole<T extends Sampled>(all: readonly T[], target: Target<T>, from: number, to: number): T[] {
  return each(all, target, (series) => resampled(series, (t) => t < from || t >= to));
}

/** The clock that stamps the samples is stepped by `by` ms. */
export function clockStep<T extends Sampled>(all: readonly T[], target: Target<T>, at: number, by: number): T[] {
  return each(all, target, (series) =>
    resampled(
      series,
      () => true,
      (t) => (t < at ? t : t + by),
    ),
  );
}

/** Every series twice: once more under further labels, as a second scrape job or a relabelling rule makes them. */
export function doubled<T extends Sampled>(all: readonly T[], target: Target<T>, labels: Labels): T[] {
  return each(all, target, (series) => [series, { ...series, labels: { ...series.labels, ...labels } }]);
}

/** From some instant on the same things go by other labels. */
export function relabelled<T extends Sampled>(all: readonly T[], target: Target<T>, at: number, labels: Labels): T[] {
  return each(all, target, (series) => [
    resampled(series, (t) => t < at),
    resampled({ ...series, labels: { ...series.labels, ...labels } }, (t) => t >= at),
  ]);
}
