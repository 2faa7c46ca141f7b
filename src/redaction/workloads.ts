/** Letters that Kubernetes draws random suffixes from. */
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

const DEPLOYMENT = /^(.+?)(-[bcdfghjklmnpqrstvwxz2456789]{6,10}|-[0-9a-f]{8,10})(-[bcdfghjklmnpqrstvwxz2456789]{5})$/;
const DAEMON = /^(.+?)(-[bcdfghjklmnpqrstvwxz2456789]{5})$/;
const STATEFUL = /^(.+?)(-\d{1,4})$/;

/** A pod's name as the name of its workload and the suffixes that Kubernetes added. */
export function podParts(pod: string): { readonly base: string; readonly suffix: readonly string[] } {
  const deployment = DEPLOYMENT.exec(pod);
  if (deployment !== null) return { base: deployment[1]!, suffix: [deployment[2]!, deployment[3]!] };
  const other = STATEFUL.exec(pod) ?? DAEMON.exec(pod);
  return other === null ? { base: pod, suffix: [] } : { base: other[1]!, suffix: [other[2]!] };
}

/** False suffixes of the same shape: ordinals stay, random parts become others, the same for the same. */
export class WorkloadSuffixes {
  readonly #known = new Map<string, string>();

  false(suffix: readonly string[]): string {
    return suffix.map((part) => (/^-\d{1,4}$/.test(part) ? part : this.#random(part))).join('');
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
