import { importDump } from '../import.js';
import { prepare } from '../series/prepare.js';
import { visible } from '../text/escape.js';
import { formatClock, formatDuration, formatTime, isRelative, timeAfter } from '../text/quantity.js';
import type { Case, FileReport } from '../types/case.js';
import type { Series } from '../types/series.js';
import type { Problem } from '../types/problem.js';
import { inquiryOptions, type InquiryFlags } from './arguments.js';
import { pen, print, type Io } from './io.js';
import { nothingUsable, openWithProgress } from './open.js';
import { columns, count, wrap } from './screen.js';

export interface InspectFlags extends InquiryFlags {
  readonly json?: boolean;
  readonly all?: boolean;
}

/** `inquest inspect PATH...`: what each file was taken for, and what came of it. */
export async function inspect(io: Io, paths: readonly string[], flags: InspectFlags): Promise<void> {
  const { dump, done } = await openWithProgress(io, paths);
  let seen: Case;
  try {
    seen = prepare(await importDump(dump), inquiryOptions(flags));
  } finally {
    done();
  }
  await print(
    io,
    flags.json === true ? `${JSON.stringify(inspection(seen), null, 2)}\n` : screen(seen, io, flags.all === true),
  );
  if (seen.series.length + seen.facts.length + seen.events.length === 0) throw nothingUsable(seen.name);
}

/** The machine-readable inspection, `schema: 1`. */
export function inspection(seen: Case): unknown {
  const facts = new Map<string, unknown>();
  for (const fact of seen.facts) if (!facts.has(fact.name)) facts.set(fact.name, fact.value);
  return {
    schema: 1,
    files: seen.files.map(
      ({ path, importer, format, series, samples, facts: n, events, span, step, zone, text, problems }) => ({
        path,
        importer,
        format: format ?? null,
        series,
        samples,
        facts: n,
        events,
        zone: zone ?? null,
        span: span ?? null,
        step: step ?? null,
        text: text ?? null,
        problems,
      }),
    ),
    span: seen.span,
    entities: seen.entities,
    facts: Object.fromEntries(facts),
    problems: seen.problems,
  };
}

const LISTED = 20;

function screen(seen: Case, io: Io, all: boolean): string {
  const { bold, dim } = pen(io);
  const width = Math.max(60, Math.min(160, io.stdout.columns ?? 110));
  const known = seen.files.filter((file) => file.importer !== null);
  const samples = seen.series.reduce((n, series) => n + series.time.length, 0);
  const parts = [
    `${bold(visible(seen.name, 80))}  ${count(seen.files.length, 'file')}, ${count(known.length)} recognised; ${count(seen.series.length, 'series', 'series')}, ${count(samples, 'sample')}, ${count(seen.facts.length, 'fact')}, ${count(seen.events.length, 'event')}`,
    spanLine(seen),
    '',
    ...(known.length === 0 ? [] : [...(all || known.length <= LISTED ? fileTable(known, bold) : formatTable(known, seen.series, bold)), '']), // prettier-ignore
    ...entityLines(seen, width, bold),
    ...strangers(seen, width, bold, dim, all),
    ...problemLines(seen.problems, width, bold, all),
  ];
  if (!all && known.length > LISTED)
    parts.push('', dim('--all lists every file; --json tells everything to a program'));
  return `${parts.join('\n')}\n`;
}

function spanLine(seen: Case): string {
  // relative series alone begin at 0, which is no time of day
  if (!(seen.span.to >= seen.span.from) || seen.span.to === 0) return 'no times';
  const zone = isRelative(seen.span.to) ? 'after a start that is not told' : 'UTC';
  return `${formatTime(seen.span.from)} to ${timeAfter(seen.span.from, seen.span.to)} ${zone} (${formatDuration(seen.span.to - seen.span.from)})`;
}

function spanOf(file: Pick<FileReport, 'span'>): string {
  return file.span === undefined ? '' : `${formatTime(file.span.from)} … ${timeAfter(file.span.from, file.span.to)}`;
}

function stepOf(step: number | undefined): string {
  return step === undefined || step <= 0 ? '' : formatDuration(step);
}

/** The steps of several files: shortest and longest, where they are told differently. */
function stepsOf(steps: readonly number[]): string {
  let [least, most] = [Infinity, 0];
  for (const step of steps) [least, most] = [Math.min(least, step), Math.max(most, step)];
  if (!(least <= most)) return '';
  return stepOf(least) === stepOf(most) ? stepOf(least) : `${stepOf(least)} … ${stepOf(most)}`;
}

const HEAD = ['series', 'samples', 'facts', 'events', 'step', 'span (UTC)', 'zone', 'problems'] as const;
const RIGHT = [1, 2, 3, 4, 5, 8];

function fileTable(files: readonly FileReport[], bold: (text: string) => string): string[] {
  const rows = files.map((file) => [
    visible(file.path, 60),
    ...[file.series, file.samples, file.facts, file.events].map((n) => (n === 0 ? '' : count(n))),
    stepOf(file.step),
    spanOf(file),
    visible(file.zone ?? '', 28),
    file.problems.length === 0 ? '' : count(file.problems.length),
    `${file.importer ?? ''}${file.format === undefined ? '' : ` (${visible(file.format, 40)})`}`,
  ]);
  return columns(['file', ...HEAD, 'read as'], rows, RIGHT, bold);
}

function formatTable(
  files: readonly FileReport[],
  series: readonly Series[],
  bold: (text: string) => string,
): string[] {
  const groups = new Map<string, FileReport[]>();
  for (const file of files) groups.set(file.importer!, [...(groups.get(file.importer!) ?? []), file]);
  const total = (group: readonly FileReport[], field: 'samples' | 'facts' | 'events'): number =>
    group.reduce((n, file) => n + file[field], 0);
  const rows = Array.from(groups.entries())
    .sort(([, a], [, b]) => total(b, 'samples') - total(a, 'samples') || b.length - a.length)
    .map(([importer, group]) => {
      // snapshots of one file taken again and again are one series each, not one per file
      const joined = series.filter(({ source }) => source.importer === importer).length;
      const spans = group.flatMap((file) => file.span ?? []);
      const steps = group.flatMap((file) => (file.step !== undefined && file.step > 0 ? [file.step] : []));
      // without its reasons, which differ from file to file
      const zones = new Set(group.flatMap((file) => file.zone?.split(', ', 1)[0] ?? []));
      const span =
        spans.length === 0
          ? {}
          : { span: { from: Math.min(...spans.map((s) => s.from)), to: Math.max(...spans.map((s) => s.to)) } };
      return [
        importer,
        count(group.length),
        joined === 0 ? '' : count(joined),
        ...(['samples', 'facts', 'events'] as const).map((field) =>
          total(group, field) === 0 ? '' : count(total(group, field)),
        ),
        stepsOf(steps),
        spanOf(span),
        zones.size > 1 ? `${zones.size} zones` : visible(Array.from(zones)[0] ?? '', 28),
        count(group.reduce((n, file) => n + file.problems.length, 0)).replace(/^0$/, ''),
      ];
    });
  return columns(['read as', 'files', ...HEAD], rows, [1, 2, 3, 4, 5, 6, 9], bold);
}

function entityLines(seen: Case, width: number, bold: (text: string) => string): string[] {
  const lines: string[] = [];
  for (const type of ['node', 'namespace', 'workload', 'pod', 'container', 'service', 'process'] as const) {
    const found = seen.entities.filter((entity) => entity.type === type);
    if (found.length === 0) continue;
    const label = type === 'process' ? 'pid' : type;
    const names = found.map((entity) => visible(entity.labels[label] ?? Object.values(entity.labels).join('/'), 60));
    const plural = type === 'process' ? 'processes' : `${type}s`;
    lines.push(...wrap(`${bold(plural)} ${found.length}`, Array.from(new Set(names)).sort(), width, 2));
  }
  lines.push(...changeLines(seen, width, bold));
  const signals = Array.from(new Set(seen.series.map((series) => series.signal)));
  const named = signals.filter((signal) => !signal.startsWith('raw:')).sort();
  if (named.length > 0) lines.push(...wrap(`${bold('signals')} ${named.length}`, named, width, 4));
  if (signals.length > named.length)
    lines.push(
      ...wrap(
        `${bold('unknown names')} ${signals.length - named.length}`,
        signals
          .filter((s) => s.startsWith('raw:'))
          .map((s) => visible(s.slice(4), 60))
          .sort(),
        width,
        2,
      ),
    );
  const facts = Array.from(
    new Map(
      seen.facts
        .filter((fact) => !fact.name.startsWith('total.'))
        .map((fact) => [fact.name, `${visible(fact.name, 60)} = ${visible(String(fact.value), 40)}`]),
    ).values(),
  ).sort();
  if (facts.length > 0) lines.push(...wrap(`${bold('facts')} ${facts.length}`, facts, width, 3));
  return lines;
}

/** Pods that were replaced or restarted within the recording. */
function changeLines(seen: Case, width: number, bold: (text: string) => string): string[] {
  const names = { 'pod.replaced': 'pods replaced', 'pod.restarted': 'pods restarted', 'counters.restarted': 'all counters of a node began anew' } as const; // prettier-ignore
  return Object.entries(names).flatMap(([kind, title]) => {
    const found = seen.events.filter((event) => event.kind === kind);
    const said = found.map(({ time, message }) => `${formatClock(time)} ${visible(message, 120)}`);
    return found.length === 0 ? [] : wrap(`${bold(title)} ${found.length}`, said, width, 4);
  });
}

function strangers(
  seen: Case,
  width: number,
  bold: (text: string) => string,
  dim: (text: string) => string,
  all: boolean,
): string[] {
  const found = seen.files.filter((file) => file.importer === null);
  if (found.length === 0) return [];
  const shown = all ? found : found.slice(0, 8);
  const lines = shown.map((file) => {
    const path = visible(file.path, 60);
    return `  ${path}  ${dim(visible(file.problems[0]?.message ?? '', Math.max(40, width - path.length - 4)))}`;
  });
  if (shown.length < found.length) lines.push(`  and ${found.length - shown.length} more`);
  return ['', `${bold('not recognised')} ${found.length}`, ...lines];
}

function problemLines(
  problems: readonly Problem[],
  width: number,
  bold: (text: string) => string,
  all: boolean,
): string[] {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) groups.set(problem.code, [...(groups.get(problem.code) ?? []), problem]);
  const rest = Array.from(groups.entries()).filter(([code]) => code !== 'NOT_RECOGNISED');
  if (rest.length === 0) return [];
  const lines = rest.flatMap(([code, group]) => {
    const n = group.reduce((sum, problem) => sum + 1 + (problem.more ?? 0), 0);
    const shown = all ? group : group.slice(0, 1);
    return shown.map((problem, i) => {
      const where =
        problem.file === ''
          ? ''
          : `${visible(problem.file, 50)}${problem.line === undefined ? '' : `:${problem.line}`}: `;
      return `  ${(i === 0 ? `${n}×` : '').padStart(5)} ${where}${visible(problem.message, Math.max(40, width - 20))} [${code}]`;
    });
  });
  return ['', `${bold('problems')} ${problems.length}`, ...lines];
}
