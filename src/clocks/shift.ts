import type { ForeignSeries, Imported } from '../series/foreign.js';
import { pathOf } from '../series/name-columns.js';
import type { Fact, LogEvent } from '../types/series.js';
import type { Milliseconds } from '../types/units.js';
import type { Zone } from './zone.js';

/** What is done to the times of a file. */
export type Shift =
  | { readonly kind: 'zone'; readonly zone: Zone; readonly folds: readonly Milliseconds[] }
  | { readonly kind: 'add'; readonly amount: Milliseconds }
  /** Nothing tells when: samples and events are left out, facts lose their time. */
  | { readonly kind: 'drop' };

/** The same import with the times of these files shifted. */
export function shiftFiles(imported: Imported, shifts: ReadonlyMap<string, Shift>): Imported {
  if (shifts.size === 0) return imported;
  const columns = new Map<Shift, Map<Float64Array, Float64Array>>();
  const column = (shift: Shift, time: Float64Array): Float64Array => {
    let done = columns.get(shift);
    if (done === undefined) columns.set(shift, (done = new Map<Float64Array, Float64Array>()));
    let out = done.get(time);
    if (out === undefined) done.set(time, (out = apply(shift, time)));
    return out;
  };
  const one = (shift: Shift, time: Milliseconds): Milliseconds => apply(shift, Float64Array.of(time))[0]!;
  return {
    ...imported,
    series: imported.series.flatMap((series): ForeignSeries[] => {
      const shift = shifts.get(pathOf(series));
      if (shift === undefined) return [series];
      return shift.kind === 'drop' ? [] : [increasing({ ...series, time: column(shift, series.time) })];
    }),
    events: imported.events.flatMap((event): LogEvent[] => {
      const shift = shifts.get(event.source.file);
      if (shift === undefined) return [event];
      return shift.kind === 'drop' ? [] : [{ ...event, time: one(shift, event.time) }];
    }),
    facts: imported.facts.map((fact): Fact => {
      const shift = shifts.get(fact.source.file);
      if (shift === undefined || fact.time === undefined) return fact;
      if (shift.kind !== 'drop') return { ...fact, time: one(shift, fact.time) };
      const { name, value, unit, labels, source, assumed } = fact;
      return { name, value, labels, source, ...(unit && { unit }), ...(assumed !== undefined && { assumed }) };
    }),
    files: imported.files.map((report) => {
      const shift = shifts.get(report.path);
      if (shift === undefined || report.span === undefined) return report;
      const { span, ...rest } = report;
      return shift.kind === 'drop' ? rest : { ...rest, span: { from: one(shift, span.from), to: one(shift, span.to) } };
    }),
  };
}

function apply(shift: Shift, time: Float64Array): Float64Array {
  if (shift.kind === 'zone') return shift.zone.toUtc(time, shift.folds);
  return shift.kind === 'add' ? time.map((at) => at + shift.amount) : time;
}

/** Without samples that a change of the clock has put on or before the one before them. */
function increasing(series: ForeignSeries): ForeignSeries {
  const { time, value, origin } = series;
  const kept: number[] = [];
  let last = -Infinity;
  for (let i = 0; i < time.length; i++) {
    if (!(time[i]! > last)) continue;
    last = time[i]!;
    kept.push(i);
  }
  if (kept.length === time.length) return series;
  const pick = (column: number | Uint32Array): number | Uint32Array =>
    typeof column === 'number' ? column : Uint32Array.from(kept, (i) => column[i]!);
  return {
    ...series,
    time: Float64Array.from(kept, (i) => time[i]!),
    value: Float64Array.from(kept, (i) => value[i]!),
    origin: { ...origin, file: pick(origin.file), line: pick(origin.line) },
  };
}
