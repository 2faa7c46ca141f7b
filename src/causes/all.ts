import type { Cause } from './cause.js';
import * as units from './index.js';

/** All of this folder, in the order of their names. */
export const causes: readonly Cause[] = Object.values(units);
