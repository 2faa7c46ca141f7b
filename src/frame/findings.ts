import { table, type ColumnTable } from 'arquero';
import type { Detector } from '../detectors/detector.js';
import { seriesKey } from '../series/key.js';
import { toTrack } from '../series/rate.js';
import type { Finding } from '../types/finding.js';
import type { Series, SeriesKind } from '../types/series.js';
import type { Track } from '../types/track.js';
import type { Unit } from '../types/units.js';

/** What a bare pair of columns does not say of itself. */
export interface Meaning {
  /** Default `gauge`. */
  readonly kind?: SeriesKind;
  /** Default `unknown`. */
  readonly unit?: Unit;
  readonly signal?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Smoothing of a rate, ms. */
  readonly window?: number;
}

/**
 * A series from plain arrays.
 * @param time - epoch ms, strictly increasing
 * @param value - same length; NaN where there is no sample
 * @throws RangeError when the lengths differ or times do not increase
 */
export function seriesOf(time: ArrayLike<number>, value: ArrayLike<number>, meaning: Meaning = {}): Series {
  if (time.length !== value.length)
    throw new RangeError(`seriesOf: expected as many times as values, found ${time.length} and ${value.length}`);
  const times = Float64Array.from(time);
  const gaps: number[] = [];
  for (let i = 1; i < times.length; i++) {
    const gap = times[i]! - times[i - 1]!;
    if (!(gap > 0))
      throw new RangeError(`seriesOf: expected increasing times, found ${times[i]} after ${times[i - 1]}`);
    gaps.push(gap);
  }
  gaps.sort((a, b) => a - b);
  const { kind = 'gauge', unit = 'unknown', signal = 'raw:series', labels = {}, window } = meaning;
  return {
    key: seriesKey(signal, labels),
    signal,
    labels,
    unit,
    kind,
    time: times,
    value: Float64Array.from(value),
    step: gaps[gaps.length >> 1] ?? 0,
    ...(window !== undefined && { window }),
    source: { file: '', importer: '' },
    origin: { files: [''], file: 0, line: 0 },
  };
}

/**
 * Findings of one detector on plain arrays.
 * @example detectArrays(burst, [0, 15e3, 30e3, 45e3, 60e3, 75e3, 90e3], [1, 2, 1, 90, 1, 2, 1])
 */
export function detectArrays(
  detector: Detector,
  time: ArrayLike<number>,
  value: ArrayLike<number>,
  meaning: Meaning = {},
): readonly Finding[] {
  return detector.detect(toTrack(seriesOf(time, value, meaning)));
}

/** Findings of one detector on a series; counters are made into rates first. */
export function detectSeries(detector: Detector, series: Series): readonly Finding[] {
  return detector.detect(toTrack(series));
}

/** Columns of a table of samples. */
export interface SampleColumns extends Meaning {
  /** Column of epoch ms; default `time`. */
  readonly time?: string;
  /** Column of values; default `value`. */
  readonly value?: string;
  /** Columns that tell series apart; they become labels. */
  readonly by?: readonly string[];
}

/** Findings of one detector on an arquero table of samples, as an arquero table. Rows are sorted by time per series. */
export function detectTable(detector: Detector, samples: ColumnTable, columns: SampleColumns = {}): ColumnTable {
  return findingsTable(tracksOf(samples, columns).flatMap((track) => detector.detect(track)));
}

/** Tracks of a table of samples, one for each combination of the columns of `by`. */
export function tracksOf(samples: ColumnTable, columns: SampleColumns): Track[] {
  const { time = 'time', value = 'value', by = [] } = columns;
  const groups = new Map<string, { labels: Record<string, string>; rows: [number, number][] }>();
  for (let row = 0; row < samples.totalRows(); row++) {
    const labels = Object.create(null) as Record<string, string>;
    for (const name of by) labels[name] = String(samples.get(name, row));
    const key = by.map((name) => labels[name]).join('\u0000');
    let group = groups.get(key);
    if (group === undefined) groups.set(key, (group = { labels, rows: [] }));
    group.rows.push([Number(samples.get(time, row)), Number(samples.get(value, row))]);
  }
  return Array.from(groups.values(), ({ labels, rows }) => {
    rows.sort((a, b) => a[0] - b[0]);
    const once = rows.filter((row, i) => i === 0 || row[0] > rows[i - 1]![0]);
    const meaning = { ...columns, labels: { ...columns.labels, ...labels } };
    return toTrack(
      seriesOf(
        once.map((row) => row[0]),
        once.map((row) => row[1]),
        meaning,
      ),
    );
  });
}

const LABELS = ['node', 'namespace', 'pod', 'service', 'container', 'device'] as const;

/**
 * Findings as an arquero table, one row each: id, pattern, direction, signal, the usual entity labels, from, to,
 * uncertainty (ms), peak, baseline, excess, unit, strength, p, q, series. Missing labels are empty, missing numbers NaN.
 */
export function findingsTable(findings: readonly Finding[]): ColumnTable {
  const column = <T>(pick: (finding: Finding) => T): T[] => findings.map(pick);
  return table([
    ['id', column((f) => f.id)],
    ['pattern', column((f) => f.pattern)],
    ['direction', column((f) => f.direction ?? '')],
    ['signal', column((f) => f.signal)],
    ...LABELS.map((name): [string, string[]] => [name, column((f) => f.labels[name] ?? '')]),
    ['from', column((f) => f.from)],
    ['to', column((f) => f.to)],
    ['uncertainty', column((f) => f.uncertainty)],
    ['peak', column((f) => f.peak)],
    ['baseline', column((f) => f.baseline)],
    ['excess', column((f) => f.excess ?? NaN)],
    ['unit', column((f) => f.unit)],
    ['strength', column((f) => f.strength)],
    ['p', column((f) => f.p)],
    ['q', column((f) => f.q ?? NaN)],
    ['series', column((f) => f.series)],
  ]);
}
