import type { Series, Source } from '../types/series.js';

/** Where sample `index` of a series came from: file, line, original name, conversion. */
export function sourceAt(series: Series, index: number): Source {
  const { origin, source } = series;
  const file = origin.files[typeof origin.file === 'number' ? origin.file : (origin.file[index] ?? -1)] ?? source.file;
  const line = typeof origin.line === 'number' ? origin.line : (origin.line[index] ?? 0);
  return line > 0 ? { ...source, file, line } : { ...source, file };
}
