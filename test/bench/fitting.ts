// Fitting of the factors in src/evidence/fitted.ts: log loss of the true cause plus a ridge that draws every factor
// towards 1 (in logarithms), by coordinate search.
import { causes } from '../../src/causes/all.js';
import { classOf, fitted, type ClueClass } from '../../src/evidence/fitted.js';
import type { Incident } from '../../src/types/diagnosis.js';

export interface Saved {
  readonly name: string;
  readonly view: string;
  readonly cause: string;
  readonly incidents: readonly Incident[];
}

/** One hypothesis as numbers: written weight per factor. */
interface Row {
  readonly fixed: number;
  readonly terms: readonly (readonly [factor: number, weight: number])[];
}

export interface Example {
  readonly name: string;
  readonly truth: number;
  readonly rows: readonly Row[];
}

const classes: readonly ClueClass[] = ['mechanism', 'precondition', 'event', 'flat', 'symptom', 'reading', 'scope'];
export const names = [
  ...classes.map((c) => `for.${c}`),
  ...classes.map((c) => `against.${c}`),
  'temperature',
  'unknown',
];
const TEMPERATURE = names.indexOf('temperature');
const UNKNOWN = names.indexOf('unknown');
/** Start and centre of the ridge. */
export const centre: readonly number[] = names.map((_, i) => (i === TEMPERATURE ? 1.5 : i === UNKNOWN ? 6 : 1));

const clues = new Map(causes.flatMap((cause) => cause.clues.map((clue) => [`${cause.id}/${clue.id}`, clue] as const)));

export function toExample({ name, cause, incidents }: Saved): Example[] {
  const incident = incidents[0];
  if (incident === undefined) return [];
  const truth = incident.hypotheses.findIndex((h) => h.cause === cause);
  if (truth < 0) return [];
  const rows = incident.hypotheses.map((h): Row => {
    const prior = causes.find((c) => c.id === h.cause)?.prior?.weight ?? 0;
    const terms = h.evidence.flatMap((e): (readonly [number, number])[] => {
      const clue = clues.get(`${h.cause}/${e.clue}`);
      if (clue === undefined || e.shadowed === true || e.verdict === 'unknown') return [];
      const side = e.verdict === 'for' ? 'for' : 'against';
      const kind = classOf(clue);
      // as written, or less where a p-value or another cause lessened it
      const written = e.weight / fitted[side][kind];
      return [[classes.indexOf(kind) + (side === 'for' ? 0 : classes.length), written] as const];
    });
    return { fixed: prior, terms: h.cause === 'unknown' ? [[UNKNOWN, 1]] : terms };
  });
  return [{ name, truth, rows }];
}

export function loss(examples: readonly Example[], x: readonly number[], ridge: number): number {
  let total = 0;
  for (const example of examples) total -= Math.log2(Math.max(1e-12, chances(example, x)[example.truth]!));
  const pull = x.reduce((sum, value, i) => sum + Math.log(value / centre[i]!) ** 2, 0);
  return total / examples.length + ridge * pull;
}

/** Probabilities of one example's hypotheses under the factors. */
function chances({ rows }: Example, x: readonly number[]): number[] {
  const w = rows.map(({ fixed, terms }) => terms.reduce((sum, [factor, weight]) => sum + x[factor]! * weight, fixed));
  const top = Math.max(...w);
  const odds = w.map((weight) => 10 ** ((weight - top) / (10 * x[TEMPERATURE]!)));
  const total = odds.reduce((sum, o) => sum + o, 0);
  return odds.map((o) => o / total);
}

/** Stated probability of the best hypothesis against how often it is right, five bins (Naeini et al. 2015). */
function calibrationError(graded: readonly { readonly stated: number; readonly right: boolean }[]): number {
  let error = 0;
  for (let bin = 0; bin < 5; bin++) {
    const of = graded.filter(({ stated }) => Math.min(4, Math.floor(stated * 5)) === bin);
    const gap = of.reduce((sum, { stated, right }) => sum + stated - (right ? 1 : 0), 0);
    error += Math.abs(gap) / graded.length;
  }
  return error;
}

export function fit(examples: readonly Example[], ridge: number): number[] {
  const x = [...centre];
  let best = loss(examples, x, ridge);
  for (let step = 0.3; step > 0.02; step /= 2) {
    for (let improved = true; improved;) {
      improved = false;
      for (let i = 0; i < x.length; i++) {
        for (const factor of [1 + step, 1 / (1 + step)]) {
          const old = x[i]!;
          x[i] = Math.min(20, Math.max(0.1, old * factor));
          const now = loss(examples, x, ridge);
          if (now < best - 1e-9) {
            best = now;
            improved = true;
          } else x[i] = old;
        }
      }
    }
  }
  return x;
}

/** What fitting promises for incidents it has not seen. */
export interface Held {
  readonly bits: number;
  readonly calibrationError: number;
}

const FOLDS = 6;

/** Fits on five sixths of the cases and grades the rest, six times over; all views of a case leave together. */
export function crossValidate(examples: readonly Example[], ridge: number): Held {
  const cases = [...new Set(examples.map((e) => e.name))].sort();
  let bits = 0;
  const graded: { stated: number; right: boolean }[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const out = new Set(cases.filter((_, i) => i % FOLDS === fold));
    const x = fit(
      examples.filter((e) => !out.has(e.name)),
      ridge,
    );
    const test = examples.filter((e) => out.has(e.name));
    if (test.length === 0) continue;
    bits += loss(test, x, 0) * test.length;
    for (const example of test) {
      const p = chances(example, x);
      const best = p.indexOf(Math.max(...p));
      graded.push({ stated: p[best]!, right: best === example.truth });
    }
  }
  return { bits: bits / examples.length, calibrationError: calibrationError(graded) };
}
