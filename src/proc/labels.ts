import type { Labels } from '../types/series.js';

/**
 * Label objects made from a file's context and one more label, the same object for the same arguments: a dump of 25,000
 * small files asks for the same few labels again and again.
 */
export class LabelCache {
  readonly #made = new WeakMap<Labels, Map<string, Labels>>();

  /** The context with the label `name` set to `value`. */
  with(context: Labels, name: string, value: string): Labels {
    let own = this.#made.get(context);
    if (own === undefined) this.#made.set(context, (own = new Map<string, Labels>()));
    const key = `${name}=${value}`;
    let labels = own.get(key);
    if (labels === undefined) own.set(key, (labels = { ...context, [name]: value }));
    return labels;
  }
}

/** Shared by the importers of a dump; it holds on to nothing once the contexts are gone. */
export const labelled = new LabelCache();
