import type { Visible } from '../types/diagnosis.js';
import type { Track } from '../types/track.js';
import { observe, type Span } from './observe.js';
import { symptoms } from './symptoms.js';

/** Lengths of episodes that are asked about, ms; those longer than a third of the recording have no ordinary times left. */
const LENGTHS: readonly number[] = [10e3, 60e3, 600e3];
const LEAST_SHARE = 3;
const LISTED = 12;

/**
 * What could have been seen where no incident was: per symptom that the dump has, the smallest change that an episode
 * of a given length would have had to make on the least sensitive of its series, tested in the middle of the recording.
 * @returns symptoms that clients feel directly first; a change is null where such an episode could have passed unseen
 */
export function visibleChanges(tracks: readonly Track[], span: Span): readonly Visible[] {
  const lengths = LENGTHS.filter((length) => length * LEAST_SHARE <= span.to - span.from);
  const middle = (span.from + span.to) / 2;
  const order = [...symptoms].sort((a, b) => Number(b.direct ?? false) - Number(a.direct ?? false));
  return order
    .flatMap(({ signal }): Visible[] => {
      const own = tracks.filter(({ series }) => series.signal === signal);
      if (own.length === 0 || lengths.length === 0) return [];
      const seen = lengths.map((length) =>
        observe(own, { from: middle - length / 2, to: middle + length / 2 }, { aggregate: 'max' }),
      );
      return [
        {
          signal,
          unit: seen[0]!.unit,
          series: own.length,
          usual: seen.find(({ baseline }) => baseline !== null)?.baseline ?? null,
          smallest: seen.map(({ mde }, i) => ({ duration: lengths[i]!, change: mde })),
          sources: own.slice(0, 3).map(({ series }) => series.source),
        },
      ];
    })
    .slice(0, LISTED);
}
