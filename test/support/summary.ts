import type { Imported } from '../../src/series/foreign.js';
import type { Labels } from '../../src/types/series.js';

/** An import as text for goldens: one line per series, fact, event and problem, sorted. */
export function summary(
  imported: Imported,
  options: { readonly without?: Labels; readonly path?: string } = {},
): string {
  const labels = (all: Labels): string =>
    Object.entries(all)
      .filter(([name]) => options.without === undefined || !Object.hasOwn(options.without, name))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
      .join(',');
  const { path } = options;
  const base = path?.slice(path.lastIndexOf('/') + 1).replace(/\.(json|txt)$/i, '');
  const hide = (text: string): string =>
    text === base ? '<file name>' : path === undefined ? text : text.replaceAll(path, '<path>');
  const time = (ms: number): string => (ms > 1e11 && ms < 2e14 ? new Date(ms).toISOString() : String(ms));
  const series = imported.series.map((one) => {
    const n = one.time.length;
    const line = typeof one.origin.line === 'number' ? one.origin.line : one.origin.line[0]!;
    const hints = [one.kind, one.unit, one.conversion, one.window, one.rounding && Number(one.rounding.toPrecision(6))];
    const text = hints.filter((hint) => hint !== undefined && hint !== 0).join(' ');
    const ends = n === 1 ? '' : ` … ${one.value[n - 1]!} @ ${time(one.time[n - 1]!)}`;
    return `${hide(one.name)}{${labels(one.labels)}} ${text} n=${n} line ${line}: ${one.value[0]!} @ ${time(one.time[0]!)}${ends}`;
  });
  const facts = imported.facts.map(
    (fact) =>
      `${fact.name}{${labels(fact.labels)}} = ${JSON.stringify(fact.value)} ${fact.unit ?? ''} line ${fact.source.line ?? 0}`,
  );
  const events = imported.events.map(
    (event) =>
      `${time(event.time)}${event.duration === undefined ? '' : ` +${event.duration} ms`} ${event.kind}{${labels(event.labels)}} ` +
      `×${event.count ?? 1} line ${event.source.line ?? 0}: ${event.message.slice(0, 160)}`,
  );
  const problems = imported.problems.map(
    (one) =>
      `${one.code}${one.line === undefined ? '' : `:${one.line}`} ${hide(one.message)}${one.more ? ` (+${one.more})` : ''}`,
  );
  const file = imported.files[0];
  const clock = imported.clocks.get(file?.path ?? '');
  const head = `${file?.format ?? '-'}; ${imported.series.length} series, ${file?.samples ?? 0} samples, clock ${JSON.stringify(clock ?? { kind: 'utc' })}`;
  const section = (title: string, lines: string[]): string =>
    lines.length === 0
      ? ''
      : `\n${title}\n${lines
          .slice(0, 400)
          .map((line) => `  ${line}\n`)
          .join('')}`;
  return `${head}\n${section('series', series.sort())}${section('facts', facts)}${section('events', events)}${section('problems', problems)}`;
}
