import * as index from './index.js';
import type { Importer } from './importer.js';

/** Every importer, sorted by export name. */
export const importers: readonly Importer[] = Object.values(index);

export type ImporterId = (typeof index)[keyof typeof index]['id'];
