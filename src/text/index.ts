export { createText } from './text.js';
