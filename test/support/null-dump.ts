import type { Track } from '../../src/types/track.js';
import { promisedLaws, withEpisode } from './synth.js';

/** Series of a dump in which nothing happened: `each` of every noise law, of `n` samples. */
export function nullDump(n: number, seed: number, each: number): Track[] {
  return promisedLaws.flatMap((law, l) =>
    Array.from({ length: each }, (_, k) => {
      const track = withEpisode(law, n, 1e6 + seed * 7919 + l * 131 + k * 17_389);
      const signal = `raw:${l}-${k}`;
      return { ...track, series: { ...track.series, signal, key: signal } };
    }),
  );
}
