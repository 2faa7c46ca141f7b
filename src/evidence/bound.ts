import type { Decibans, Ratio } from '../types/units.js';

/**
 * The most that a movement of a p-value weighs, whatever the cause predicts: the largest Bayes factor against chance.
 * @remarks −1/(e·p·ln p): Sellke, Bayarri & Berger 2001, The American Statistician 55:62
 */
export function strongest(p: Ratio): Decibans {
  if (p <= 0) return Infinity;
  return p < 1 / Math.E ? -10 * Math.log10(-Math.E * p * Math.log(p)) : 0;
}
