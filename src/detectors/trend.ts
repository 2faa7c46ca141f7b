import { regimeFinding, trackRegimes } from '../stats/regime-finding.js';
import type { Detector } from './detector.js';

/** Stretches in which a series keeps rising or falling: `baseline` is the fitted value at their start, `peak` at their end. */
export const trend: Detector = {
  id: 'trend',
  pattern: 'trend',
  title: 'lasting rise or fall',
  reference:
    'piecewise lines by minimum description length (Davis, Lee & Rodriguez-Yam 2006, JASA 101:223); slope against the long-run variance of the residuals',
  scaleFree: true,
  fewest: 12,
  detect: (track) =>
    trackRegimes(track).slopes.map((slope) =>
      regimeFinding(track, 'trend', {
        first: slope.from,
        last: slope.until - 1,
        before: slope.start,
        after: slope.end,
        p: slope.p,
      }),
    ),
};
