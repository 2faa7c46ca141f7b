export { beforeAfter } from './before-after.js';
export { compensation } from './compensation.js';
export { dose } from './dose.js';
export { evidenceMatrix } from './evidence-matrix.js';
export { probability } from './probability.js';
export { timeline } from './timeline.js';
