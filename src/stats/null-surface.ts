import type { NullShape } from './null-shape.js';

/**
 * How a statistic is to be read, given what ordinary samples look like: the value that chance reaches in one of twenty
 * such series is `scale` times the textbook's, and beyond it evidence grows by the power `rise`.
 */
export interface Surface {
  /** Least scale: how far a textbook that is too careful may be corrected. */
  readonly least: number;
  /** Largest scale: farther, a size that is right on the average would cost most of the power to see anything. */
  readonly most: number;
  /** Least rise: with less, what few samples show would never be sure. */
  readonly slowest: number;
  readonly scale: readonly number[];
  readonly rise: readonly number[];
}

/** Largest rise. */
export const STEEPEST = 1.1;

/** Fewest ordinary samples that were tabulated. */
const FEWEST = 8;

/**
 * Terms of a response surface: the traits by themselves, over √n and over n (few samples tell a trait badly); the squares
 * and products of the first `crossed`, by themselves and over √n.
 */
export function surfaceTerms({ count, traits }: NullShape, crossed: number): number[] {
  const short = 3 / Math.sqrt(Math.max(FEWEST, count));
  const out = [1, short, short * short];
  for (const trait of traits) out.push(trait, trait * short, trait * short * short);
  for (let i = 0; i < crossed; i++)
    for (let j = 0; j <= i; j++) out.push(traits[i]! * traits[j]!, traits[i]! * traits[j]! * short);
  return out;
}

function along(terms: readonly number[], weights: readonly number[], [low, high]: readonly [number, number]): number {
  let sum = 0;
  for (let k = 0; k < weights.length; k++) sum += weights[k]! * terms[k]!;
  return Math.exp(Math.min(high, Math.max(low, sum)));
}

/** A reading of a statistic: from raw to comparable with the textbook's law, and back. */
export interface Reading {
  readonly read: (statistic: number) => number;
  readonly raw: (read: number) => number;
}

/**
 * The reading of a statistic by a surface.
 * @param usual - what the textbook's law says chance reaches in one of twenty series
 * @remarks Response surfaces of simulated null laws after MacKinnon 1996 (J. Appl. Econometrics 11:601), there for
 *   unit-root tests; tabulated by `test/bench/null-surfaces.ts`
 */
export function reading(surface: Surface, shape: NullShape, crossed: number, usual: number): Reading {
  const terms = surfaceTerms(shape, crossed);
  const scale = along(terms, surface.scale, [Math.log(surface.least), Math.log(surface.most)]);
  const rise = along(terms, surface.rise, [Math.log(surface.slowest), Math.log(STEEPEST)]);
  return {
    read: (statistic) => (statistic > 0 ? usual * Math.pow(statistic / (scale * usual), rise) : 0),
    raw: (read) => scale * usual * Math.pow(read / usual, 1 / rise),
  };
}
