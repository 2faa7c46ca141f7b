import type { Track } from '../../src/types/track.js';
import { promisedLaws, withEpisode, type NoiseLaw } from './synth.js';

/** Laws of which `n` samples are worth at least `least` independent ones: n(1 − φ)/(1 + φ), Bartlett 1946. */
export function lawsWorth(n: number, least: number): NoiseLaw[] {
  return promisedLaws.filter(({ name }) => {
    const phi = Number(/AR ([\d.]+)/.exec(name)?.[1] ?? 0);
    return (n * (1 - phi)) / (1 + phi) >= least;
  });
}

/** Series of a dump in which nothing happened: `each` of every noise law, of `n` samples. */
export function nullDump(n: number, seed: number, each: number, laws: readonly NoiseLaw[] = promisedLaws): Track[] {
  return laws.flatMap((law, l) =>
    Array.from({ length: each }, (_, k) => {
      const track = withEpisode(law, n, 1e6 + seed * 7919 + l * 131 + k * 17_389);
      const signal = `raw:${l}-${k}`;
      return { ...track, series: { ...track.series, signal, key: signal } };
    }),
  );
}
