import * as index from './index.js';
import type { Section } from '../section.js';

/** Every section by the name of its directive. */
export const sections: ReadonlyMap<string, Section> = new Map(
  Object.values(index).map((section): [string, Section] => [section.id, section]),
);
