import { episodes } from '../stats/episodes.js';
import { episodeFinding } from '../stats/finding.js';
import type { Detector } from './detector.js';

/** Stretches, from one sample wide upwards, in which a series lies above its ordinary level. */
export const burst: Detector = {
  id: 'burst',
  pattern: 'burst',
  title: 'burst above the ordinary level',
  reference:
    'multi-scale scan of standard scores (Siegmund & Venkatraman 1995, Ann. Statist. 23:255), with a matched filter where they remember each other (Aitken 1935), scores by the law of the ordinary samples: quasi-Poisson, Student, or Lomax',
  scaleFree: true,
  fewest: 6,
  detect: (track) => episodes(track, 'up').map((episode) => episodeFinding(track, 'burst', episode)),
};
