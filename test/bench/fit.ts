// Fits the factors of src/evidence/fitted.ts on recorded incidents.
//   npm run accuracy -- --root FOLDER … --save graded.json && npx tsx test/bench/fit.ts graded.json
// Minimises the log loss of the true cause plus a ridge that draws every factor towards 1 (in logarithms), by
// coordinate search; prints the loss on held-out cases (all views of a case leave together) for several ridges.
import { readFileSync } from 'node:fs';
import { causes } from '../../src/causes/all.js';
import { classOf, fitted, type ClueClass } from '../../src/evidence/fitted.js';
import type { Incident } from '../../src/types/diagnosis.js';

interface Saved {
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

interface Example {
  readonly name: string;
  readonly truth: number;
  readonly rows: readonly Row[];
}

const classes: readonly ClueClass[] = ['mechanism', 'precondition', 'event', 'flat', 'symptom', 'reading', 'scope'];
const names = [...classes.map((c) => `seen.${c}`), ...classes.map((c) => `absent.${c}`), 'temperature', 'unknown'];
const TEMPERATURE = names.indexOf('temperature');
const UNKNOWN = names.indexOf('unknown');
/** Start and centre of the ridge. */
const centre: readonly number[] = names.map((_, i) => (i === TEMPERATURE ? 1.5 : i === UNKNOWN ? 6 : 1));

const clues = new Map(causes.flatMap((cause) => cause.clues.map((clue) => [`${cause.id}/${clue.id}`, clue] as const)));

function toExample({ name, cause, incidents }: Saved): Example[] {
  const incident = incidents[0];
  if (incident === undefined) return [];
  const truth = incident.hypotheses.findIndex((h) => h.cause === cause);
  if (truth < 0) return [];
  const rows = incident.hypotheses.map((h): Row => {
    const prior = causes.find((c) => c.id === h.cause)?.prior?.weight ?? 0;
    const terms = h.evidence.flatMap((e): (readonly [number, number])[] => {
      const clue = clues.get(`${h.cause}/${e.clue}`);
      if (clue === undefined || e.shadowed === true || e.verdict === 'unknown') return [];
      const seen = Math.abs(e.weight / (fitted.seen[classOf(clue)] || 1) - clue.ifSeen) < 0.2;
      return [
        [classes.indexOf(classOf(clue)) + (seen ? 0 : classes.length), seen ? clue.ifSeen : clue.ifAbsent] as const,
      ];
    });
    return { fixed: prior, terms: h.cause === 'unknown' ? [[UNKNOWN, 1]] : terms };
  });
  return [{ name, truth, rows }];
}

function loss(examples: readonly Example[], x: readonly number[], ridge: number): number {
  let total = 0;
  for (const { rows, truth } of examples) {
    const w = rows.map(({ fixed, terms }) => terms.reduce((sum, [factor, weight]) => sum + x[factor]! * weight, fixed));
    const top = Math.max(...w);
    const odds = w.map((weight) => 10 ** ((weight - top) / (10 * x[TEMPERATURE]!)));
    total -= Math.log2(Math.max(1e-12, odds[truth]! / odds.reduce((sum, o) => sum + o, 0)));
  }
  const pull = x.reduce((sum, value, i) => sum + Math.log(value / centre[i]!) ** 2, 0);
  return total / examples.length + ridge * pull;
}

function fit(examples: readonly Example[], ridge: number): number[] {
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

const file = process.argv[2];
if (file === undefined) throw new Error('usage: fit.ts graded.json');
const examples = (JSON.parse(readFileSync(file, 'utf8')) as Saved[]).flatMap(toExample);
const cases = [...new Set(examples.map((e) => e.name))].sort();
console.log(
  `${examples.length} incidents of ${cases.length} cases; loss as written ${loss(examples, centre, 0).toFixed(3)} bit`,
);
const FOLDS = 6;
for (const ridge of [3, 1, 0.3, 0.1, 0.03]) {
  let held = 0;
  for (let fold = 0; fold < FOLDS; fold++) {
    const out = new Set(cases.filter((_, i) => i % FOLDS === fold));
    const x = fit(
      examples.filter((e) => !out.has(e.name)),
      ridge,
    );
    const test = examples.filter((e) => out.has(e.name));
    held += loss(test, x, 0) * test.length;
  }
  const all = fit(examples, ridge);
  console.log(
    `ridge ${ridge}: held-out ${(held / examples.length).toFixed(3)} bit, fitted ${loss(examples, all, 0).toFixed(3)} bit`,
  );
  console.log(`  ${names.map((name, i) => `${name} ${all[i]!.toFixed(2)}`).join(', ')}`);
}
