import type { FileReport } from '../types/case.js';

/** The reports of two parts of one file. */
export function together(a: FileReport, b: FileReport): FileReport {
  const spans = [a.span, b.span].filter((span) => span !== undefined);
  const from = Math.min(...spans.map((span) => span.from));
  const to = Math.max(...spans.map((span) => span.to));
  return {
    ...a,
    importer: a.importer ?? b.importer,
    ...(a.format === undefined && b.format !== undefined ? { format: b.format } : {}),
    series: Math.max(a.series, b.series),
    samples: a.samples + b.samples,
    facts: a.facts + b.facts,
    events: a.events + b.events,
    ...(spans.length === 0 ? {} : { span: { from, to } }),
    problems: [...a.problems, ...b.problems],
  };
}
