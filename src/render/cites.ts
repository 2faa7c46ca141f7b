import type { Source } from '../types/series.js';

/** Numbers the sources of a report in the order in which they are cited. */
export class Citations {
  readonly #numbers = new Map<string, number>();
  readonly #sources: Source[] = [];

  /** Numbers of these sources, each once, ascending. */
  cite(sources: readonly Source[]): number[] {
    const numbers = sources.map((source) => this.#number(source));
    return Array.from(new Set(numbers)).sort((a, b) => a - b);
  }

  #number(source: Source): number {
    const key = [source.file, source.line ?? '', source.name ?? '', source.conversion ?? ''].join('\n');
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#sources.push(source);
    this.#numbers.set(key, this.#sources.length);
    return this.#sources.length;
  }

  /** The sources cited so far, number 1 first. */
  get sources(): readonly Source[] {
    return this.#sources;
  }
}
