import { compensation } from '../../src/detectors/compensation.js';
import { gap } from '../../src/detectors/gap.js';
import { periodicity } from '../../src/detectors/periodicity.js';
import { reset } from '../../src/detectors/reset.js';
import { saturation } from '../../src/detectors/saturation.js';
import { regimes } from '../../src/stats/regimes.js';
import { analyse } from '../../src/stats/scoring.js';
import { spreadChanges } from '../../src/stats/spread-changes.js';
import { noise, track, withEpisode, type NoiseLaw } from './synth.js';

/**
 * One test of a detector, the series in which it should find nothing, and what share of them it may call anyway: `exact`
 * tests must come near their nominal share from both sides; `bound` ones may stay below it, for the reason given.
 */
export interface NullTest {
  readonly id: string;
  readonly nominal: number;
  readonly kind: 'exact' | 'bound';
  readonly series: string;
  readonly why?: string;
  /** Whether the test raises an alarm on the series of this seed; null where it refuses to judge. */
  readonly alarm: (law: NoiseLaw, n: number, seed: number) => boolean | null;
}

const STEP = 15_000;
const seedOf = (n: number, seed: number): number => seed * 7919 + n;
const plain = (law: NoiseLaw, n: number, seed: number) => withEpisode(law, n, seedOf(n, seed));
const valuesOf = (law: NoiseLaw, n: number, seed: number): Float64Array =>
  plain(law, n, seed).value.filter(Number.isFinite);

/** Laws whose ordinary samples mostly lie on their floor: nothing can fall below it. */
export const floored = (law: NoiseLaw): boolean => /^(zero-inflated|Poisson 0)/.test(law.name);

/** A series with bursts of ten standard deviations at random instants. */
function scattered(law: NoiseLaw, n: number, seed: number) {
  const random = noise(seedOf(n, seed));
  const values = law.draw(n, random, STEP);
  for (let k = 0; k < 6; k++) {
    const at = Math.floor(random.uniform() * n);
    values[at] = values[at]! + Math.round(12 * law.sd + 1);
  }
  return track(values, { kind: law.kind, unit: law.unit, step: STEP });
}

/** A series of which one sample in twenty is missing at random. */
function holed(law: NoiseLaw, n: number, seed: number) {
  const random = noise(seedOf(n, seed));
  const values = law.draw(n, random, STEP).map((v) => (random.uniform() < 0.05 ? NaN : v));
  return track(values, { unit: law.unit, step: STEP });
}

/** All null tests of the detectors. */
export const nullTests: readonly NullTest[] = [
  {
    id: 'burst',
    nominal: 0.05,
    kind: 'exact',
    series: 'plain noise',
    alarm: (law, n, seed) => (analyse(plain(law, n, seed), 0.05)?.up.length ?? 0) > 0,
  },
  {
    id: 'dip',
    nominal: 0.05,
    kind: 'exact',
    series: 'plain noise',
    alarm: (law, n, seed) => (analyse(plain(law, n, seed), 0.05)?.down.length ?? 0) > 0,
  },
  {
    id: 'level-shift',
    nominal: 0.05,
    kind: 'exact',
    series: 'plain noise',
    alarm: (law, n, seed) => regimes(valuesOf(law, n, seed)).shifts.length > 0,
  },
  {
    id: 'trend',
    nominal: 0.05,
    kind: 'exact',
    series: 'plain noise',
    alarm: (law, n, seed) => regimes(valuesOf(law, n, seed)).slopes.length > 0,
  },
  {
    id: 'variance change',
    nominal: 0.05,
    kind: 'exact',
    series: 'plain noise',
    alarm: (law, n, seed) => spreadChanges(valuesOf(law, n, seed)).length > 0,
  },
  {
    id: 'compensation',
    nominal: 0.01,
    kind: 'bound',
    series: 'a rise that merely ends',
    why: 'both lobes must be certain and the plunge must take 40 % of the level: an intersection–union test',
    alarm: (law, n, seed) =>
      compensation.detect(withEpisode(law, n, seedOf(n, seed), { at: n >> 1, width: 4, height: 10 })).length > 0,
  },
  {
    id: 'saturation',
    nominal: 0.01,
    kind: 'bound',
    series: 'plain noise',
    why: 'a plateau must also be climbed to and lie far above the middle',
    alarm: (law, n, seed) => saturation.detect(plain(law, n, seed)).length > 0,
  },
  {
    id: 'periodicity',
    nominal: 0.01,
    kind: 'bound',
    series: 'six bursts at random instants',
    why: 'that all gaps lie within half a period is by itself rarer than the nominal share',
    alarm: (law, n, seed) => periodicity.detect(scattered(law, n, seed)).length > 0,
  },
  {
    id: 'gap',
    nominal: 0.01,
    kind: 'bound',
    series: 'samples missing at random (1 in 20)',
    why: 'runs of missing samples have whole lengths',
    alarm: (law, n, seed) => gap.detect(holed(law, n, seed)).length > 0,
  },
  {
    id: 'reset',
    nominal: 0,
    kind: 'bound',
    series: 'plain noise',
    why: 'no test: a counter never falls by chance',
    alarm: (law, n, seed) => reset.detect(plain(law, n, seed)).length > 0,
  },
];

/** Share of alarms among the series that the test judged, and the share that it refused. */
export function falseAlarmRate(
  test: NullTest,
  law: NoiseLaw,
  n: number,
  runs: number,
): { rate: number; refused: number } {
  let alarms = 0;
  let refused = 0;
  for (let seed = 0; seed < runs; seed++) {
    const alarm = test.alarm(law, n, seed);
    if (alarm === null) refused++;
    else if (alarm) alarms++;
  }
  return { rate: alarms / Math.max(1, runs - refused), refused: refused / runs };
}

/** Whether a measured share is within ±20 % of the nominal one (or, for bounds, not above), give or take two errors. */
export function kept(test: NullTest, law: NoiseLaw, rate: number, runs: number): boolean {
  const error = 2 * Math.sqrt((test.nominal * (1 - test.nominal)) / runs);
  if (rate > 1.2 * test.nominal + error) return false;
  const impossible = test.id === 'dip' && floored(law);
  return test.kind === 'bound' || impossible || rate >= 0.8 * test.nominal - error;
}
