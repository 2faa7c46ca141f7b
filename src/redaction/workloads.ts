/** Letters that Kubernetes draws random suffixes from. */
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** False suffixes of the same shape: ordinals stay, random parts become others, the same for the same. */
export class WorkloadSuffixes {
  readonly #known = new Map<string, string>();

  false(suffix: readonly string[]): string {
    return suffix.map((part) => (/^-\d{1,5}$/.test(part) ? part : this.#random(part))).join('');
  }

  #random(part: string): string {
    const known = this.#known.get(part);
    if (known !== undefined) return known;
    let n = this.#known.size + 1;
    let letters = '';
    while (letters.length < part.length - 1) {
      letters = LETTERS[n % LETTERS.length]! + letters;
      n = Math.floor(n / LETTERS.length);
    }
    this.#known.set(part, `-${letters}`);
    return `-${letters}`;
  }
}
