import { table, type ColumnTable } from 'arquero';
import { absence, type Absence, type AbsenceQuestion } from '../incidents/absence.js';
import type { Span } from '../incidents/views.js';
import { toTrack } from '../series/rate.js';
import type { Series } from '../types/series.js';
import { seriesOf, tracksOf, type Meaning, type SampleColumns } from './findings.js';

/**
 * Whether plain arrays did nothing that matters in a window (`flat`), could not have shown it (`blind`), or have no sample
 * there (`not-collected`).
 * @param time - epoch ms, strictly increasing
 * @param value - same length; NaN where there is no sample
 * @param question - `relevant`: smallest change that matters; `kind`, `unit` and the rest of `Meaning` say what the values are
 * @example absenceArrays(time, iowait, { from: 600e3, to: 630e3 }, { relevant: 0.05, unit: 'ratio' }).state
 */
export function absenceArrays(
  time: ArrayLike<number>,
  value: ArrayLike<number>,
  window: Span,
  question: AbsenceQuestion & Meaning,
): Absence {
  return absenceSeries(seriesOf(time, value, question), window, question);
}

/** The same of a series; counters are made into rates first. No series at all is `not-collected`. */
export function absenceSeries(series: Series | undefined, window: Span, question: AbsenceQuestion): Absence {
  return absence(series === undefined ? null : toTrack(series), window, question);
}

/**
 * The same of every series of an arquero table of samples, one row each: the columns of `by`, `state`, `reason`, `low`,
 * `high`, `mde`, `change`, `baseline`, `unit`, `samples`. What is not known is NaN, an absent reason empty.
 */
export function absenceTable(
  samples: ColumnTable,
  window: Span,
  question: AbsenceQuestion & SampleColumns,
): ColumnTable {
  const tracks = tracksOf(samples, question);
  const found = tracks.map((track) => absence(track, window, question));
  const column = <T>(pick: (one: Absence) => T): T[] => found.map(pick);
  return table([
    ...(question.by ?? []).map((name): [string, string[]] => [
      name,
      tracks.map(({ series }) => series.labels[name] ?? ''),
    ]),
    ['state', column((one) => one.state)],
    ['reason', column((one) => one.reason ?? '')],
    ['low', column((one) => one.limits?.[0] ?? NaN)],
    ['high', column((one) => one.limits?.[1] ?? NaN)],
    ['mde', column((one) => one.mde ?? NaN)],
    ['change', column((one) => one.change ?? NaN)],
    ['baseline', column((one) => one.baseline ?? NaN)],
    ['unit', column((one) => one.unit)],
    ['samples', column((one) => one.samples)],
  ]);
}
