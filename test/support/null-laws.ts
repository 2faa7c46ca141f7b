import type { Track } from '../../src/types/track.js';
import { autoregressive, noise, promisedLaws, track, type Noise, type NoiseLaw } from './synth.js';

/** A way to draw an uneventful series. */
export interface NullLaw {
  readonly name: string;
  readonly draw: (n: number, seed: number) => Track;
  /** Whether the promise of false alarms names it. */
  readonly promised: boolean;
}

const STEP = 15_000;
const many = (n: number, one: () => number): number[] => Array.from({ length: n }, one);

/** An uneventful series of a law of `synth.ts`. */
export function nullOf(law: NoiseLaw, promised = false): NullLaw {
  return {
    name: law.name,
    promised,
    draw: (n, seed) =>
      track(law.draw(n, noise(seed), STEP), { kind: law.kind, unit: law.unit, step: STEP, start: 1_700_000_000_000 }),
  };
}

type Draw = (n: number, random: Noise) => number[];

const gauge = (name: string, draw: Draw, unit: NoiseLaw['unit'] = 'seconds'): NullLaw =>
  nullOf({ name, kind: 'gauge', unit, sd: 1, draw });
const counter = (name: string, draw: Draw): NullLaw => nullOf({ name, kind: 'counter', unit: 'segments', sd: 1, draw });

/** A stationary autoregression of standard variance. */
function wandering(n: number, phi: number, random: Noise): number[] {
  let x = random.normal();
  return many(n, () => (x = phi * x + Math.sqrt(1 - phi * phi) * random.normal()));
}

const student = (nu: number): NullLaw =>
  gauge(`heavy-tailed (t${nu})`, (n, r) => many(n, () => 50 + r.normal() / Math.sqrt((2 * r.gamma(nu / 2)) / nu)));
const logNormal = (sigma: number): NullLaw =>
  gauge(`skewed (log-normal ${sigma})`, (n, r) => many(n, () => Math.exp(sigma * r.normal())));
const gamma = (shape: number): NullLaw => gauge(`skewed (gamma ${shape})`, (n, r) => many(n, () => r.gamma(shape)));
const inflated = (share: number): NullLaw =>
  gauge(
    `zero-inflated (${100 * share} %)`,
    (n, r) => many(n, () => (r.uniform() < share ? Math.ceil(400 * r.exponential()) : 0)),
    'bytes',
  );
const quantised = (sd: number): NullLaw =>
  gauge(`quantised (±${sd} steps)`, (n, r) => many(n, () => 12 + Math.round(sd * r.normal())), 'connections');
const poisson = (mean: number): NullLaw => counter(`Poisson ${mean}`, (n, r) => many(n, () => r.poisson(mean)));
const clustered = (mean: number, times: number): NullLaw =>
  counter(`overdispersed (mean ${mean}, variance ×${times})`, (n, r) =>
    many(n, () => r.poisson(r.gamma(mean / (times - 1)) * (times - 1))),
  );

/** A rate averaged over four steps, of what happens in one step. */
const smoothed = (name: string, unit: NoiseLaw['unit'], one: (random: Noise) => number): NullLaw => ({
  name: `smoothed (${name})`,
  promised: false,
  draw: (n, seed) => {
    const random = noise(seed);
    const fresh = many(n + 3, () => one(random));
    const rate = many(n, () => 0).map((_, i) => (fresh[i]! + fresh[i + 1]! + fresh[i + 2]! + fresh[i + 3]!) / 60);
    return track(rate, { kind: 'rate', unit, step: STEP, window: 4 * STEP, start: 1_700_000_000_000 });
  },
});

/** The laws that the response surfaces are fitted to: those of `synth.ts` and others around them. */
export const nullLaws: readonly NullLaw[] = [
  ...promisedLaws.map((law) => nullOf(law, true)),
  ...[0.8, 0.95].map((phi) => nullOf(autoregressive(phi))),
  ...[4, 6, 10].map(student),
  ...[0.25, 0.8].map(logNormal),
  ...[1, 4].map(gamma),
  ...[0.1, 0.35].map(inflated),
  ...[0.8, 4].map(quantised),
  ...[0.1, 1, 8, 40].map(poisson),
  clustered(1, 3),
  clustered(10, 3),
  gauge('uniform', (n, r) => many(n, () => r.uniform())),
  gauge('Laplace', (n, r) => many(n, () => r.exponential() - r.exponential())),
  gauge('autocorrelated and skewed', (n, r) => wandering(n, 0.5, r).map((v) => Math.exp(0.4 * v))),
  counter('autocorrelated counts', (n, r) => wandering(n, 0.6, r).map((v) => r.poisson(5 * Math.exp(0.3 * v)))),
  smoothed('normal', 'seconds/second', (r) => 10 + r.normal()),
  smoothed('gamma', 'bytes/second', (r) => 4096 * r.gamma(1)),
  smoothed('Poisson 0.3', 'operations/second', (r) => r.poisson(0.3)),
  smoothed('Poisson 3', 'operations/second', (r) => r.poisson(3)),
  smoothed('Poisson 100', 'operations/second', (r) => r.poisson(100)),
];
