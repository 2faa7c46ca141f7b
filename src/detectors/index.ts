export { burst } from './burst.js';
export { dip } from './dip.js';
