export { burst } from './burst.js';
export { dip } from './dip.js';
export { levelShift } from './level-shift.js';
export { trend } from './trend.js';
export { periodicity } from './periodicity.js';
