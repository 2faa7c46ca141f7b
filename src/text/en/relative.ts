import type { reportEn } from './report.js';

/** Sentences with times, for a recording whose times count from a start that nothing tells. */
export const relativeEn = {
  'title.one': 'Postmortem: incident {at} into the recording',
  'title.many': 'Postmortem: {n} incidents, the first {at} into the recording',
  'title.line': '{name} · data from {from} to {to} after a start that is not told · {tool} · dump sha256 `{sha}…`',
  'verdict.none':
    '**No incident found.** In {files} {files:file|files} with {series} series, from {from} to {to} after their start, nothing that a user would feel moved by more than chance can explain. That is no proof that nothing happened: the table below says what would have been seen.',
  'verdict.when': 'From {from} to {to} after the start of the recording ({duration}{pm}).',
  'verdict.who':
    'From {from} to {to} after the start of the recording ({duration}{pm}) {n} of {of} pods {n:was|were} hit: {pods}.',
  'verdict.all':
    'From {from} to {to} after the start of the recording ({duration}{pm}) {n:this pod was|these pods were} hit: {pods}.',
  'verdict.fact.window.value': '{from} to {to} after the start of the recording, {duration}{pm}',
  'incident.heading': 'Incident {n} of {of}: {from} to {to} after the start',
  'timeline.alt': 'Time series with the incident from {from} to {to} after the start shaded: {signals}.',
  'timeline.caption':
    'Shaded: the incident, {from} to {to} after the start. Counters are shown as rates; a gap is a missing sample, never a zero.',
  'chart.time': 'time since the start',
  'scope.lives.replaced': '{pod} was replaced by {by} at {at} ({when})',
  'scope.lives.restarted': '{pod} restarted at {at} ({when})',
  'clocks.top.assumed':
    'In {n} {n:file|files} times count from a start that is not told; all times here are times since then.',
  'column.span': 'Span',
  'column.onset': 'Onset',
  'column.time': 'Time',
} as const satisfies Partial<Record<keyof typeof reportEn, string>>;
