import { inquireCase } from '../../src/inquire.js';
import type { Case } from '../../src/types/case.js';
import type { Evidence, Incident } from '../../src/types/diagnosis.js';
import type { Series } from '../../src/types/series.js';
import { coarser, renamed, shifted } from './reshape.js';
import { seeded } from './synth.js';

type Window = Pick<Incident['window'], 'from' | 'to'>;

/** The gravest incident of a case, or what there is in a given window. */
export function incidentOf(of: Case, window?: Window): Incident | undefined {
  return inquireCase(of, window === undefined ? {} : { from: window.from, to: window.to }).diagnosis.incidents[0];
}

/** Evidence by cause and clue. */
export function evidenceOf(of: Incident): ReadonlyMap<string, Evidence> {
  return new Map(
    of.hypotheses.flatMap(({ cause, evidence }) => evidence.map((e) => [`${cause}/${e.clue}`, e] as const)),
  );
}

/** What weighs otherwise in the second incident, to a billionth. */
export function differences(a: Incident, b: Incident | undefined): string[] {
  if (b === undefined) return ['no incident'];
  const weights = new Map(b.hypotheses.map(({ cause, weight }) => [cause, weight]));
  return a.hypotheses.flatMap(({ cause, weight }) =>
    Math.abs(weight - weights.get(cause)!) <= 1e-9 ? [] : [`${cause}: ${weight} → ${weights.get(cause)}`],
  );
}

/** Files that a series was read from; the list of its origin holds those of the whole dump. */
function filesOf({ origin: { file, files }, source }: Series): readonly string[] {
  const read = typeof file === 'number' ? [file] : [...new Set(file)];
  return [...read.map((i) => files[i]!), source.file];
}

/** A case without everything that was read from some files. */
export function withoutFiles(of: Case, files: ReadonlySet<string>): Case {
  return {
    ...of,
    series: of.series.filter((series) => !filesOf(series).some((file) => files.has(file))),
    facts: of.facts.filter(({ source }) => !files.has(source.file)),
    events: of.events.filter(({ source }) => !files.has(source.file)),
  };
}

/** Files that hold a signal, its total, or a fact of that name. */
export function filesBehind(of: Case, signal: string): ReadonlySet<string> {
  const series = of.series.filter((one) => one.signal === signal).flatMap(filesOf);
  const facts = of.facts.filter(({ name }) => name.replace(/^total\./, '') === signal).map(({ source }) => source.file);
  return new Set([...series, ...facts]);
}

/** Clues that do not turn to unknown when all files that hold their signal are gone. */
export function notForgotten(of: Case, incident: Incident, signals: readonly string[]): string[] {
  const before = evidenceOf(incident);
  return signals.flatMap((signal) => {
    const after = incidentOf(withoutFiles(of, filesBehind(of, signal)), incident.window);
    if (after === undefined) return [];
    const now = evidenceOf(after);
    return [...before].flatMap(([key, evidence]) => {
      const verdict = now.get(key)?.verdict;
      return evidence.signal === signal && verdict !== 'unknown' ? [`${key} without ${signal}: ${verdict}`] : [];
    });
  });
}

/** Parts a dump consists of: files and folders at its top. */
export function partsOf(of: Case): readonly string[] {
  return [...new Set(of.files.map(({ path }) => partOf(path)))].sort();
}

function partOf(path: string): string {
  return path.replace(/[!/].*/, '');
}

/** Clues that speak against a cause when a part of the dump is gone although they do not with it. */
export function turnedBy(of: Case, incident: Incident, part: string): string[] {
  const files = [
    ...new Set([...of.series.flatMap(filesOf), ...[...of.facts, ...of.events].map((one) => one.source.file)]),
  ];
  const gone = new Set(files.filter((file) => partOf(file) === part));
  return turned(incident, incidentOf(withoutFiles(of, gone), incident.window), `without ${part}`);
}

/** A case with further series of names that mean nothing, of other pods. */
export function withStrangers(of: Case, count: number, seed: number): Case {
  const random = seeded(seed);
  const model = of.series.reduce((a, b) => (b.time.length > a.time.length ? b : a));
  const strangers = Array.from({ length: count }, (_, k): Series => {
    const level = 100 * random();
    return {
      ...model,
      key: `raw:noise_${k}`,
      signal: `raw:noise_${k}`,
      kind: 'gauge',
      unit: 'unknown',
      labels: { job: `stranger-${k}` },
      value: model.value.map(() => level * (1 + random())),
    };
  });
  return { ...of, series: [...of.series, ...strangers] };
}

/** Letters of names exchanged one for one, the order among them with them. */
export function otherNames(of: Case): Case {
  const turn = (c: string): string => String.fromCharCode(((c.charCodeAt(0) - 97 + 13) % 26) + 97);
  return renamed(of, (value) => value.replace(/[a-z]/g, turn));
}

/** Clues that speak against a cause at a coarser sampling although finer samples do not. */
export function madeUp(of: Case, incident: Incident, keep: number, first = 0): string[] {
  return turned(incident, incidentOf(coarser(of, keep, first), incident.window), `at 1/${keep}+${first}`);
}

/** Clues that speak against a cause in the second incident only. */
function turned(incident: Incident, after: Incident | undefined, when: string): string[] {
  if (after === undefined) return [];
  const before = evidenceOf(incident);
  return [...evidenceOf(after)].flatMap(([key, { verdict }]) => {
    const was = before.get(key)?.verdict;
    return was !== undefined && was !== 'against' && verdict === 'against' ? [`${key} ${was} ${when}`] : [];
  });
}

export { shifted };
