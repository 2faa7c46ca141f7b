import { episodes } from '../stats/episodes.js';
import { episodeFinding } from '../stats/finding.js';
import type { Detector } from './detector.js';

/** Stretches, from one sample wide upwards, in which a series lies below its ordinary level. */
export const dip: Detector = {
  id: 'dip',
  pattern: 'dip',
  title: 'dip below the ordinary level',
  reference: 'as burst, in the other direction',
  scaleFree: true,
  fewest: 6,
  detect: (track) => episodes(track, 'down').map((episode) => episodeFinding(track, 'dip', episode)),
};
