import { glob } from '../clocks/glob.js';
import { fixedZone, zoneOf, zonesAt, type Zone } from '../clocks/zone.js';
import { addTrial, candidateZones, decide, tryZones, type KnownProfiles, type Trial } from '../clocks/infer.js';
import { profileOf, type Profile } from '../clocks/profile.js';
import { shiftFiles, type Shift } from '../clocks/shift.js';
import { bootTimes } from '../clocks/boot.js';
import { describeClock } from '../clocks/describe.js';
import { problem } from '../errors.js';
import type { ClockEvidence, ClockStatement } from '../types/case.js';
import type { Problem } from '../types/problem.js';
import type { Milliseconds } from '../types/units.js';
import type { ForeignSeries, Imported } from './foreign.js';
import { pathOf } from './name-columns.js';

export interface ClockOptions {
  /**
   * Zones that the person gives for files with local times, later entries first; a zone `raw` leaves times as written.
   * Without a glob an entry is for every such file.
   */
  readonly tz?: readonly { readonly glob?: string; readonly zone: string }[];
}

interface Span {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
}

/**
 * Everything on one clock. Local times without a zone are shifted by the zone under which they agree with sources of
 * known clock: equal values of the same series first, then the course of the same signals, then the only zone under
 * which they lie in the same time at all. What nothing decides is read as UTC with a problem. Times since boot are
 * shifted by the boot time. What was done to each file, and why, is in `alignment` and in the reports of the files.
 */
export function alignClocks(imported: Imported, options: ClockOptions = {}): Imported {
  // times that have been shifted once must not be shifted again
  if (imported.alignment !== undefined) return imported;
  const problems: Problem[] = [];
  const shifts = new Map<string, Shift>();
  const statements: ClockStatement[] = [];
  const locals: string[] = [];
  const boots: string[] = [];
  for (const [file, clock] of imported.clocks) {
    if (clock.kind === 'local') locals.push(file);
    else if (clock.kind === 'boot') boots.push(file);
    else if (clock.kind === 'offset') statements.push({ file, zone: clock.zone, how: 'stated', shift: 0 });
    else if (clock.kind === 'relative') statements.push({ file, zone: 'relative', how: 'assumed', shift: 0 });
  }
  alignBoots(imported, boots, shifts, statements, problems);
  const open = applyGiven(imported, locals, options, shifts, statements, problems);
  const anchored = boots.length > 0 || open.length < locals.length ? shiftFiles(imported, shifts) : imported;
  inferAll(anchored, open, shifts, statements, problems);
  if (statements.length === 0) return { ...imported, alignment: [] };
  statements.sort((a, b) => (a.file < b.file ? -1 : 1));
  const aligned = shiftFiles(imported, shifts);
  const zones = new Map(statements.map((statement) => [statement.file, describeClock(statement)]));
  const added = new Map<string, Problem[]>();
  for (const one of problems) added.set(one.file, [...(added.get(one.file) ?? []), one]);
  const files = aligned.files.map((report) => {
    const zone = zones.get(report.path);
    const more = added.get(report.path) ?? [];
    return { ...report, ...(zone !== undefined && { zone }), problems: [...report.problems, ...more] };
  });
  return { ...aligned, files, problems: [...imported.problems, ...problems], alignment: statements };
}

function alignBoots(
  imported: Imported,
  boots: readonly string[],
  shifts: Map<string, Shift>,
  statements: ClockStatement[],
  problems: Problem[],
): void {
  if (boots.length === 0) return;
  const times = bootTimes(imported);
  for (const file of boots) {
    const boot = times(file);
    if (boot === undefined) {
      const report = imported.files.find(({ path }) => path === file);
      const count = (report?.samples ?? 0) + (report?.events ?? 0);
      shifts.set(file, { kind: 'drop' });
      statements.push({ file, zone: 'boot', how: 'assumed', shift: 0 });
      problems.push(problem('BOOT_TIME_UNKNOWN', file, { count }));
      continue;
    }
    shifts.set(file, { kind: 'add', amount: boot });
    statements.push({ file, zone: 'boot', how: 'inferred', shift: boot });
  }
}

/** Applies the zones that the person gave. @returns the files with local times that are left */
function applyGiven(
  imported: Imported,
  locals: readonly string[],
  options: ClockOptions,
  shifts: Map<string, Shift>,
  statements: ClockStatement[],
  problems: Problem[],
): string[] {
  const left: string[] = [];
  const rules = [...(options.tz ?? [])].reverse();
  for (const file of locals) {
    const rule = rules.find(({ glob: pattern }) => pattern === undefined || glob(pattern, file));
    const zone = rule === undefined || rule.zone === 'raw' ? null : zoneOf(rule.zone);
    if (rule?.zone === 'raw') statements.push({ file, zone: 'UTC', how: 'given', shift: 0 });
    else if (zone !== null) set(imported, file, zone, 'given', undefined, shifts, statements);
    else {
      if (rule !== undefined) problems.push(problem('UNKNOWN_ZONE', file, { zone: rule.zone }));
      left.push(file);
    }
  }
  return left;
}

function set(
  imported: Imported,
  file: string,
  zone: Zone,
  how: ClockStatement['how'],
  evidence: ClockEvidence | undefined,
  shifts: Map<string, Shift>,
  statements: ClockStatement[],
): void {
  const clock = imported.clocks.get(file);
  const folds = clock?.kind === 'local' ? (clock.folds ?? []) : [];
  shifts.set(file, { kind: 'zone', zone, folds });
  const from = spanOf(imported, file)?.from ?? 0;
  const shift = zone.toUtc(Float64Array.of(from), folds)[0]! - from;
  const known = zone.name.includes('/') || zone.name === 'UTC' ? [] : zonesAt(-shift, from + shift);
  const name = known[0] === undefined ? zone.name : `${zone.name} (${known[0]})`;
  statements.push({ file, zone: name, how, shift, ...(evidence !== undefined && { evidence }) });
}

function spanOf(imported: Imported, file: string): Span | undefined {
  return imported.files.find(({ path }) => path === file)?.span;
}

function directoryOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}

function inferAll(
  imported: Imported,
  open: readonly string[],
  shifts: Map<string, Shift>,
  statements: ClockStatement[],
  problems: Problem[],
): void {
  if (open.length === 0) return;
  const unknown = new Set(open);
  const known = knownSpan(imported, unknown);
  const folders = new Map<string, string[]>();
  for (const file of open) folders.set(directoryOf(file), [...(folders.get(directoryOf(file)) ?? []), file]);
  const profiles = known === undefined ? undefined : profilesOf(imported, unknown);
  for (const [folder, files] of folders) {
    const decided = known === undefined || profiles === undefined ? new Map<string, Found>() : inferFolder(imported, files, profiles, known); // prettier-ignore
    const rest: string[] = [];
    for (const file of files) {
      const found = decided.get(file);
      if (found === undefined) rest.push(file);
      else set(imported, file, found.zone, 'inferred', found.evidence, shifts, statements);
    }
    if (rest.length === 0) continue;
    for (const file of rest) set(imported, file, fixedZone(0), 'assumed', undefined, shifts, statements);
    const all = rest.length > 1 ? `${folder}*` : rest[0]!;
    problems.push(problem('AMBIGUOUS_ZONE', rest[0]!, { zone: 'UTC', file: all }));
  }
}

interface Found {
  readonly zone: Zone;
  readonly evidence: ClockEvidence;
}

function inferFolder(
  imported: Imported,
  files: readonly string[],
  profiles: { readonly local: ReadonlyMap<string, readonly Profile[]>; readonly known: KnownProfiles },
  known: Span,
): Map<string, Found> {
  const found = new Map<string, Found>();
  let sum: Trial = { zones: new Map(), scores: new Map() };
  for (const file of files) {
    const span = spanOf(imported, file);
    const own = profiles.local.get(file);
    if (span === undefined || own === undefined) continue;
    const clock = imported.clocks.get(file);
    const folds = clock?.kind === 'local' ? (clock.folds ?? []) : [];
    const trial = tryZones(own, profiles.known, candidateZones(span.from, span.to, known), folds);
    sum = addTrial(sum, trial);
    const decision = decide(trial);
    if (decision !== null) found.set(file, decision);
  }
  const together = decide(sum);
  for (const file of files) {
    if (found.has(file)) continue;
    const span = spanOf(imported, file);
    if (together !== null)
      found.set(file, { zone: together.zone, evidence: { ...together.evidence, files: files.length } });
    else if (span !== undefined) {
      const only = onlyOverlap(span, known);
      if (only !== null) found.set(file, { zone: only, evidence: { series: 0, overlap: true } });
    }
  }
  return found;
}

/** The zone that alone puts a span into the time of the others; null when several do, or none. */
function onlyOverlap(span: Span, known: Span): Zone | null {
  const length = span.to - span.from;
  const shares = candidateZones(span.from, span.to, known).map((zone) => {
    const [from, to] = zone.toUtc(Float64Array.of(span.from, span.to));
    const common = Math.min(to!, known.to) - Math.max(from!, known.from);
    return { zone, share: length === 0 ? 1 : common / length };
  });
  const [only, ...others] = shares.filter(({ share }) => share > 0.2);
  return only !== undefined && others.length === 0 && only.share >= 0.8 ? only.zone : null;
}

/** Span of the sources whose clock is known; undefined when there is none. */
function knownSpan(imported: Imported, unknown: ReadonlySet<string>): Span | undefined {
  let from = Infinity;
  let to = -Infinity;
  const relative = (file: string): boolean => imported.clocks.get(file)?.kind === 'relative';
  for (const series of imported.series) {
    const path = pathOf(series);
    if (series.time.length < 2 || unknown.has(path) || relative(path)) continue;
    from = Math.min(from, series.time[0]!);
    to = Math.max(to, series.time.at(-1)!);
  }
  if (from > to)
    for (const { source, time } of imported.events) {
      if (unknown.has(source.file) || relative(source.file)) continue;
      from = Math.min(from, time);
      to = Math.max(to, time);
    }
  return from <= to ? { from, to } : undefined;
}

function profilesOf(
  imported: Imported,
  unknown: ReadonlySet<string>,
): { local: Map<string, Profile[]>; known: Map<string, Profile[]> } {
  const local = new Map<string, Profile[]>();
  const wanted = new Set<string>();
  for (const series of imported.series) {
    if (!unknown.has(pathOf(series))) continue;
    const profile = profileOf(series);
    if (profile === null) continue;
    put(local, pathOf(series), profile);
    wanted.add(profile.signal);
  }
  const known = new Map<string, Profile[]>();
  for (const series of imported.series) {
    if (unknown.has(pathOf(series)) || isRelative(imported, series)) continue;
    const profile = profileOf(series);
    if (profile !== null && wanted.has(profile.signal)) put(known, profile.signal, profile);
  }
  return { local, known };
}

function isRelative(imported: Imported, series: ForeignSeries): boolean {
  return imported.clocks.get(pathOf(series))?.kind === 'relative';
}

function put<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
