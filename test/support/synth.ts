import type { Series, SeriesKind } from '../../src/types/series.js';
import type { Track } from '../../src/types/track.js';
import type { Unit } from '../../src/types/units.js';
import { toTrack } from '../../src/series/rate.js';

/** Seeded generator of numbers in [0, 1): mulberry32. */
export function seeded(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface Noise {
  normal(): number;
  exponential(): number;
  poisson(mean: number): number;
  gamma(shape: number): number;
  uniform(): number;
}

/** Random variables from a seed. */
export function noise(seed: number): Noise {
  const uniform = seeded(seed);
  const open = (): number => Math.max(uniform(), 1e-12);
  const normal = (): number => Math.sqrt(-2 * Math.log(open())) * Math.cos(2 * Math.PI * uniform());
  const poisson = (mean: number): number => {
    if (mean > 500) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
    let k = -1;
    let product = 1;
    const bar = Math.exp(-mean);
    do {
      k++;
      product *= uniform();
    } while (product > bar);
    return k;
  };
  /** Marsaglia & Tsang 2000. */
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * Math.pow(open(), 1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(open()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  };
  return { normal, exponential: () => -Math.log(open()), poisson, gamma, uniform };
}

/** A law of ordinary samples: `draw` gives n of them, `sd` their standard deviation, `kind` and `unit` what they are. */
export interface NoiseLaw {
  readonly name: string;
  readonly kind: SeriesKind;
  readonly unit: Unit;
  readonly sd: number;
  /** Values of a gauge, or whole events per second for a counter. */
  readonly draw: (n: number, random: Noise, step: number) => number[];
}

const many = (n: number, one: () => number): number[] => Array.from({ length: n }, one);

/** A stationary autoregression of the first order about 50, of standard variance. */
export function autoregressive(phi: number): NoiseLaw {
  return {
    name: `autocorrelated (AR ${phi})`,
    kind: 'gauge',
    unit: 'seconds',
    sd: 1,
    draw: (n, r) => {
      let x = r.normal();
      return many(n, () => (x = phi * x + Math.sqrt(1 - phi * phi) * r.normal())).map((v) => 50 + v);
    },
  };
}

/** Noise laws of operational series; the null of every one is stationary. */
export const laws: readonly NoiseLaw[] = [
  { name: 'normal', kind: 'gauge', unit: 'seconds', sd: 1, draw: (n, r) => many(n, () => 50 + r.normal()) },
  autoregressive(0.5),
  {
    name: 'heavy-tailed (t3)',
    kind: 'gauge',
    unit: 'seconds',
    sd: Math.sqrt(3),
    draw: (n, r) => many(n, () => 50 + r.normal() / Math.sqrt((2 * r.gamma(1.5)) / 3)),
  },
  {
    name: 'skewed (log-normal 0.5)',
    kind: 'gauge',
    unit: 'seconds',
    sd: 0.604,
    draw: (n, r) => many(n, () => Math.exp(0.5 * r.normal())),
  },
  {
    name: 'quantised (±1.5 steps)',
    kind: 'gauge',
    unit: 'connections',
    sd: 1.5,
    draw: (n, r) => many(n, () => 12 + Math.round(1.5 * r.normal())),
  },
  {
    name: 'zero-inflated (20 %, exponential)',
    kind: 'gauge',
    unit: 'bytes',
    sd: 240,
    draw: (n, r) => many(n, () => (r.uniform() < 0.2 ? Math.ceil(400 * r.exponential()) : 0)),
  },
  {
    name: 'Poisson 0.3 a step',
    kind: 'counter',
    unit: 'segments',
    sd: Math.sqrt(0.3),
    draw: (n, r) => many(n, () => r.poisson(0.3)),
  },
  {
    name: 'Poisson 3 a step',
    kind: 'counter',
    unit: 'segments',
    sd: Math.sqrt(3),
    draw: (n, r) => many(n, () => r.poisson(3)),
  },
  {
    name: 'Poisson 200 a step',
    kind: 'counter',
    unit: 'segments',
    sd: Math.sqrt(200),
    draw: (n, r) => many(n, () => r.poisson(200)),
  },
  {
    name: 'overdispersed counts (mean 3, variance 9)',
    kind: 'counter',
    unit: 'segments',
    sd: 3,
    draw: (n, r) => many(n, () => r.poisson((r.gamma(1.5) * 3) / 1.5)),
  },
];

/** The laws that the promise of false alarms names: those above, and weaker and stronger autocorrelation. */
export const promisedLaws: readonly NoiseLaw[] = [...laws, ...[0.3, 0.7, 0.9].map(autoregressive)];

/** A series from values, at a fixed step; `times` where they are uneven. */
export function series(
  values: ArrayLike<number>,
  options: {
    kind?: SeriesKind;
    unit?: Unit;
    step?: number;
    start?: number;
    signal?: string;
    labels?: Record<string, string>;
    window?: number;
    times?: ArrayLike<number>;
  } = {},
): Series {
  const { kind = 'gauge', unit = 'unknown', step = 15_000, start = 1_700_000_000_000, signal = 'raw:x' } = options;
  const labels = options.labels ?? {};
  const time = Float64Array.from({ length: values.length }, (_, i) => options.times?.[i] ?? start + i * step);
  const source = { file: 'synthetic', importer: 'synth' };
  return {
    key: `${signal}{${Object.entries(labels)
      .map(([k, v]) => `${k}="${v}"`)
      .join(',')}}`,
    signal,
    labels,
    unit,
    kind,
    time,
    value: Float64Array.from(values),
    step: values.length > 1 ? step : 0,
    ...(options.window !== undefined && { window: options.window }),
    source,
    origin: { files: ['synthetic'], file: 0, line: 0 },
  };
}

/** A track from values; those of a counter are events per interval. */
export function track(values: readonly number[], options: Parameters<typeof series>[1] = {}): Track {
  if (options.kind !== 'counter') return toTrack(series(values, options));
  let total = 1000;
  return toTrack(series([total, ...values.map((v) => (total += v))], options));
}

/** Ordinary samples of a law, with an episode of `height` standard deviations over `width` samples from `at` on. */
export function withEpisode(
  law: NoiseLaw,
  n: number,
  seed: number,
  episode?: { at: number; width: number; height: number },
  step = 15_000,
): Track {
  const random = noise(seed);
  const values = law.draw(n, random, step);
  if (episode !== undefined) {
    for (let i = episode.at; i < Math.min(n, episode.at + episode.width); i++) {
      const extra = episode.height * law.sd;
      if (law.kind === 'counter') values[i] = values[i]! + random.poisson(extra);
      else values[i] = values[i]! + (law.unit === 'seconds' ? extra : Math.round(extra));
    }
  }
  return track(values, { kind: law.kind, unit: law.unit, step });
}
