import { table } from 'arquero';
import type { ColumnTable } from 'arquero';
import { rankCulprits, type CulpritQuestion } from '../culprits/rank.js';
import { anomalyScores } from '../stats/anomaly-score.js';
import { changePoints, type ChangePointOptions } from '../stats/change-points.js';
import { leadLag, type LeadLagOptions } from '../stats/lead-lag.js';
import { spreadChanges } from '../stats/spread-changes.js';

/** Which columns of a table to use; `time` holds epoch ms. */
export interface ColumnChoice {
  readonly time?: string;
  /** Columns to look at; by default every other column of numbers. */
  readonly columns?: readonly string[];
}

/**
 * Change points of the chosen columns together (a change is common to all): `{index, time}` of each first sample of a new
 * regime.
 * @example changePointTable(aq.table({ time, value })).objects()
 */
export function changePointTable(from: ColumnTable, options: ColumnChoice & ChangePointOptions = {}): ColumnTable {
  const time = numbers(from, options.time ?? 'time');
  const { cuts } = changePoints(
    chosen(from, options).map((name) => numbers(from, name)),
    options,
  );
  return table({ index: Float64Array.from(cuts), time: Float64Array.from(cuts, (cut) => time[cut] ?? NaN) });
}

/** The table with a column `<name>_anomaly` (0 to 1, see `anomalyScores`) for each chosen column. */
export function anomalyTable(from: ColumnTable, options: ColumnChoice = {}): ColumnTable {
  const time = numbers(from, options.time ?? 'time');
  const added = new Map(
    chosen(from, options).map((name) => [`${name}_anomaly`, anomalyScores(time, numbers(from, name))]),
  );
  return from.assign(table([...added]));
}

/**
 * Culprits of an incident among the columns of a wide table, best first: `{name, score, change}`.
 * @param options - `onset`: epoch ms of the alarm, which may be late
 */
export function culpritTable(
  from: ColumnTable,
  options: ColumnChoice & Pick<CulpritQuestion, 'target' | 'graph'> & { readonly onset: number },
): ColumnTable {
  const time = numbers(from, options.time ?? 'time');
  const at = time.findIndex((t) => t >= options.onset);
  const { target, graph } = options;
  const ranked = rankCulprits({
    time,
    series: chosen(from, options).map((name) => ({ name, values: numbers(from, name) })),
    onset: at < 0 ? time.length : at,
    ...(target !== undefined && { target }),
    ...(graph !== undefined && { graph }),
  });
  return table({
    name: ranked.map((one) => one.name),
    score: Float64Array.from(ranked, (one) => one.score),
    change: Float64Array.from(ranked, (one) => one.change),
  });
}

/** Which of two columns leads: one row `{verdict, reason, lag, from, to, correlation, p}`, lags in samples. */
export function leadLagTable(
  from: ColumnTable,
  first: string,
  second: string,
  options: LeadLagOptions = {},
): ColumnTable {
  const found = leadLag(numbers(from, first), numbers(from, second), options);
  return table({
    verdict: [found.verdict],
    reason: [found.reason ?? ''],
    lag: [found.lag],
    from: [found.from],
    to: [found.to],
    correlation: [found.correlation],
    p: [found.p],
  });
}

/** Lasting changes of the spread of the chosen columns: `{column, time, before, after, p}`, levels taken out first. */
export function spreadTable(from: ColumnTable, options: ColumnChoice = {}): ColumnTable {
  const time = numbers(from, options.time ?? 'time');
  const found = chosen(from, options).flatMap((column) => {
    const all = numbers(from, column);
    const index = [...all.keys()].filter((i) => Number.isFinite(all[i]!));
    return spreadChanges(Float64Array.from(index, (i) => all[i]!)).map((change) => ({
      ...change,
      column,
      time: time[index[change.at]!]!,
    }));
  });
  return table({
    column: found.map((one) => one.column),
    time: found.map((one) => one.time),
    before: found.map((one) => one.before),
    after: found.map((one) => one.after),
    p: found.map((one) => one.p),
  });
}

function chosen(from: ColumnTable, { time = 'time', columns }: ColumnChoice): readonly string[] {
  return columns ?? from.columnNames().filter((name) => name !== time && typeof from.get(name, 0) === 'number');
}

/** A column as numbers; anything else than a number is missing. */
function numbers(from: ColumnTable, name: string): Float64Array {
  return Float64Array.from(from.array(name) as ArrayLike<unknown>, (v) =>
    typeof v === 'number' ? v : v instanceof Date ? v.getTime() : NaN,
  );
}
