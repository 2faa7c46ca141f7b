import type { ForeignSeries, Imported } from '../../src/series/foreign.js';
import type { Fact, Labels, Series } from '../../src/types/series.js';

/** Start of made series. */
export const T0 = Date.UTC(2024, 4, 6, 10, 0, 0);

/** A foreign series of these values, a second apart from `T0` unless said otherwise. */
export function foreign(
  name: string,
  labels: Labels,
  value: readonly number[],
  more: Partial<ForeignSeries> & { readonly step?: number; readonly start?: number; readonly file?: string } = {},
): ForeignSeries {
  const { step = 1000, start = T0, file = 'file', ...rest } = more;
  return {
    name,
    labels,
    importer: 'test',
    time: Float64Array.from(value, (_, i) => start + i * step),
    value: Float64Array.from(value),
    origin: { files: [file], file: 0, line: 1 },
    ...rest,
  };
}

export function fact(name: string, value: Fact['value'], labels: Labels = {}): Fact {
  return { name, value, labels, source: { file: 'facts', importer: 'test' } };
}

/** What importers would have yielded. */
export function importedOf(series: readonly ForeignSeries[], facts: readonly Fact[] = []): Imported {
  return {
    name: 'test',
    sha256: '',
    files: [],
    clocks: new Map(),
    expressions: new Map(),
    series,
    facts,
    events: [],
    problems: [],
  };
}

/** A finished series. */
export function series(value: readonly number[], more: Partial<Series> = {}): Series {
  return {
    key: more.signal ?? 'test',
    signal: 'test',
    labels: {},
    unit: 'count',
    kind: 'gauge',
    time: Float64Array.from(value, (_, i) => T0 + i * 1000),
    value: Float64Array.from(value),
    step: 1000,
    source: { file: 'file', importer: 'test' },
    origin: { files: ['file'], file: 0, line: 1 },
    ...more,
  };
}
