import { problem } from '../errors.js';
import { placeRelative, unplaced, type Placed } from '../clocks/relative.js';
import { measureSkews } from '../clocks/skew.js';
import type { Case, ClockStatement } from '../types/case.js';
import type { Problem } from '../types/problem.js';
import type { Fact, Labels, Series } from '../types/series.js';
import { alignClocks, type ClockOptions } from './clock.js';
import { derivedFacts } from './derived-facts.js';
import { draftsOf, type Draft } from './draft.js';
import { entitiesOf } from './case-entities.js';
import { entityGraph, type EntityGraph } from './entities.js';
import { withTimes } from './file-clock.js';
import type { Imported } from './foreign.js';
import { medianStep, seriesKey } from './key.js';
import { splitLabels } from './labels.js';
import { markRates } from './mark-rates.js';
import { mergeDrafts } from './merge.js';
import { nameColumns } from './name-columns.js';
import { lifeEvents, podLives } from './pod-lives.js';
import { Owners } from '../workloads/owners.js';
import { setUndatedAside } from './undated.js';

/**
 * The case: foreign names resolved to signals, units to base units, labels to canonical ones, copies and parts brought
 * together, clocks aligned.
 * @example
 * const seen = prepare(await importDump(await openDump('customer.tgz')), { tz: [{ zone: 'Asia/Shanghai' }] });
 * seen.series.filter(({ signal }) => signal === 'net.tcp.rx_queue')
 */
export function prepare(given: Imported, options: ClockOptions = {}): Case {
  const imported = alignClocks(markRates(nameColumns(given)), options);
  const problems: Problem[] = [...imported.problems];
  const graph = entityGraph(imported);
  const drafts: Draft[] = [];
  for (const foreign of imported.series) {
    if (foreign.time.length === 0) continue;
    const file =
      foreign.origin.files[typeof foreign.origin.file === 'number' ? foreign.origin.file : foreign.origin.file[0]!];
    drafts.push(
      ...draftsOf(foreign, graph, (code, { name }, falls) => problems.push(problem(code, file ?? '', { name, falls }))),
    );
  }
  const dated = setUndatedAside(drafts);
  const clocked = clockCase(mergeDrafts(dated.drafts).map(seriesOf), imported);
  const { series, clocks } = clocked;
  problems.push(...clocked.problems);
  const read = factsOf(imported.facts, graph);
  const totals = series.filter(({ time }) => time.length === 1).map(totalOf);
  const facts = [...read, ...derivedFacts(series, read), ...dated.facts, ...totals];
  const owners = ownersOf(imported);
  const lives = podLives(series, owners);
  const told = clocked.events.map((event) => ({ ...event, labels: canonical(event.labels, graph) }));
  const events = [...told, ...lifeEvents(lives)];
  const labels = [...series, ...facts, ...events].map((one) => one.labels);
  return {
    name: imported.name,
    sha256: imported.sha256,
    files: withTimes(
      withProblems(imported.files, problems.slice(given.problems.length)),
      imported.series,
      imported.alignment ?? [],
    ),
    series,
    facts,
    events,
    entities: entitiesOf(labels, owners, lives),
    span: spanOf(...onOneClock(series, told, clocks)),
    ...(clocks.length > 0 && { clocks }),
    problems,
  };
}

function ownersOf({ series, facts }: Imported): Owners {
  const owners = new Owners();
  for (const { name, labels } of series) owners.series(name, labels);
  for (const fact of facts) owners.fact(fact);
  return owners;
}

/** Relative clocks placed where they can be, then what is left of offsets between sources. */
function clockCase(series: readonly Series[], { events, alignment }: Imported): Placed {
  const placed = placeRelative(series, events, alignment ?? []);
  const skews = measureSkews(placed.series, placed.clocks);
  return { ...placed, clocks: skews.clocks, problems: [...placed.problems, ...skews.problems] };
}

/** Without files whose clock has no known start, unless there are no others. */
function onOneClock(
  series: readonly Series[],
  events: Case['events'],
  clocks: readonly ClockStatement[],
): [readonly Series[], Case['events']] {
  const open = unplaced(clocks);
  const dated = series.filter(({ source }) => !open.has(source.file));
  const told = events.filter(({ source }) => !open.has(source.file));
  const some = dated.some(({ time }) => time.length > 1) || told.length > 0;
  return some ? [dated, told] : [series, events];
}

function seriesOf(draft: Draft): Series {
  const { signal, labels, kind, unit, time, value, origin, importer, name, window, rounding, conversion, parts } =
    draft;
  const file = typeof origin.file === 'number' ? origin.file : (origin.file[0] ?? 0);
  const line = typeof origin.line === 'number' ? origin.line : (origin.line[0] ?? 0);
  const target = [draft.scrape['job'], draft.scrape['instance']].filter((part) => part !== undefined).join(' ');
  const sorted: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const label of Object.keys(labels).sort()) sorted[label] = labels[label]!;
  return {
    key: seriesKey(signal, sorted),
    signal,
    labels: sorted,
    unit,
    kind,
    time,
    value,
    step: medianStep(time),
    ...(window !== undefined && { window }),
    ...(rounding !== undefined && { rounding }),
    ...(target !== '' && { target }),
    ...(parts !== undefined && { parts }),
    source: {
      file: origin.files[file] ?? '',
      importer,
      name,
      ...(line > 0 && { line }),
      ...(conversion !== undefined && { conversion }),
    },
    origin,
  };
}

/** A single reading says what has added up since boot, or how things stood once: a fact, not a course of time. */
function totalOf(series: Series): Fact {
  const { signal, labels, unit, time, value, source } = series;
  return { name: `total.${signal}`, value: value[0]!, unit, labels, time: time[0]!, source };
}

function canonical(labels: Labels, graph: EntityGraph): Labels {
  const split = splitLabels(labels);
  return graph.complete(split.labels, split.scrape, 'process');
}

/** Facts with canonical labels; the same statement read twice is kept once. */
function factsOf(facts: readonly Fact[], graph: EntityGraph): Fact[] {
  const seen = new Set<string>();
  const out: Fact[] = [];
  for (const fact of facts) {
    const labels = canonical(fact.labels, graph);
    const key = `${seriesKey(fact.name, labels)} ${typeof fact.value} ${fact.value}`;
    if (seen.has(key)) continue;
    seen.add(key);
    out.push({ ...fact, labels });
  }
  return out;
}

function spanOf(series: readonly Series[], events: Case['events']): Case['span'] {
  let from = Infinity;
  let to = -Infinity;
  for (const { time } of series) {
    if (time.length < 2) continue;
    from = Math.min(from, time[0]!);
    to = Math.max(to, time.at(-1)!);
  }
  if (from > to)
    for (const { time, duration } of events) {
      from = Math.min(from, time);
      to = Math.max(to, time + (duration ?? 0));
    }
  return from > to ? { from: 0, to: 0 } : { from, to };
}

function withProblems(files: Case['files'], problems: readonly Problem[]): Case['files'] {
  if (problems.length === 0) return files;
  const byFile = new Map<string, Problem[]>();
  for (const one of problems) {
    const list = byFile.get(one.file);
    if (list === undefined) byFile.set(one.file, [one]);
    else list.push(one);
  }
  return files.map((file) => {
    const more = byFile.get(file.path);
    return more === undefined ? file : { ...file, problems: [...file.problems, ...more] };
  });
}
