import { regimeFinding, trackRegimes } from '../stats/regime-finding.js';
import type { Detector } from './detector.js';

/** Instants at which a series goes to another level and stays there; transients, slopes and wandering are not meant. */
export const levelShift: Detector = {
  id: 'level-shift',
  pattern: 'level-shift',
  title: 'lasting change of level',
  reference:
    'minimum description length with autocorrelated noise (Davis, Lee & Rodriguez-Yam 2006, JASA 101:223); maximum of two-sample contrasts (James, James & Siegmund 1987, Biometrika 74:71)',
  scaleFree: true,
  fewest: 12,
  detect: (track) =>
    trackRegimes(track).shifts.map((shift) =>
      regimeFinding(track, 'level-shift', { ...shift, first: shift.at, last: shift.until - 1 }),
    ),
};
