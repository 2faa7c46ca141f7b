import { redactSecrets } from '../dump/redact.js';
import type { Entity } from '../types/case.js';
import { Addresses } from './addresses.js';
import { podParts } from '../workloads/pod-name.js';
import { WorkloadSuffixes } from './workloads.js';

/** What kind of thing a pseudonym stands for. */
export type Kind =
  'node' | 'namespace' | 'workload' | 'pod' | 'container' | 'service' | 'address' | 'identifier' | 'person';

/** Names that every cluster has: they tell nothing, and other words are spelt like them. */
const COMMON = new Set([
  'default',
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'localhost',
  'unknown',
  'none',
  'null',
  'true',
  'false',
]);

const UUID = /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi;
const LONG_HEX = /\b[0-9a-f]{64}\b/g;
const EMAIL = /\b[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}\b/gi;

/**
 * The same false name for the same true one, everywhere: pods of one workload share its pseudonym, addresses of one
 * /24 network stay neighbours, so that relations survive. Secrets in the clear are taken out altogether. Words of
 * formats and metrics are not touched: short names are only replaced where they stand as a value.
 */
export class Pseudonyms {
  readonly #names = new Map<string, { readonly kind: Kind; readonly to: string }>();
  readonly #counts = new Map<string, number>();
  readonly #addresses = new Addresses();
  readonly #suffixes = new WorkloadSuffixes();
  readonly #known: RegExp | undefined;
  readonly #values: RegExp | undefined;
  readonly #found = new Map<Kind, number>();

  /** @param entities all that the dump speaks of, in any order */
  constructor(entities: readonly Entity[]) {
    const sorted = [...entities].sort((a, b) => (JSON.stringify(a.labels) < JSON.stringify(b.labels) ? -1 : 1));
    for (const type of ['node', 'namespace', 'workload', 'pod', 'service', 'container'] as const)
      for (const entity of sorted) {
        const name = entity.type === type ? entity.labels[type] : undefined;
        if (name !== undefined && name.length > 1 && !COMMON.has(name.toLowerCase())) this.#learn(type, name);
      }
    const names = Array.from(this.#names.keys()).sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
    this.#known = anyOf(names.filter(distinct), '(?<![A-Za-z0-9_])', '(?![A-Za-z0-9_])');
    this.#values = anyOf(
      names.filter((name) => !distinct(name)),
      `(?<=["'=,;\\t|]|^)`,
      `(?=["',;\\t|}]|\\s|$)`,
    );
  }

  /** A text with every name, address and secret in it replaced. */
  text(text: string): string {
    let out = redactSecrets(text).text;
    if (this.#known !== undefined) out = out.replace(this.#known, (name) => this.#replace(name));
    if (this.#values !== undefined) out = out.replace(this.#values, (name) => this.#replace(name));
    out = out.replace(EMAIL, (found) => this.#made('person', found.toLowerCase(), (n) => `person-${n}@example.org`));
    out = out.replace(UUID, (found) =>
      this.#made('identifier', found, (n) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`),
    );
    out = out.replace(LONG_HEX, (found) => this.#made('identifier', found, (n) => n.toString(16).padStart(64, '0')));
    return this.#addresses.text(out);
  }

  /** The same for a table of sockets of /proc, whose addresses are hexadecimal. */
  sockets(text: string): string {
    return this.#addresses.hex(this.text(text));
  }

  /** Names that are still there: nothing, unless a name stands within a longer word. */
  leftovers(text: string): string[] {
    const low = text.toLowerCase();
    return Array.from(this.#names.keys()).filter((name) => distinct(name) && low.includes(name.toLowerCase()));
  }

  /** True name → pseudonym, per kind: private, for the owner of the data. */
  map(): Readonly<Record<string, Readonly<Record<string, string>>>> {
    const found: Record<string, Record<string, string>> = {};
    const put = (kind: Kind, from: string, to: string): void => {
      (found[kind] ??= Object.create(null) as Record<string, string>)[from] = to;
    };
    for (const [from, { kind, to }] of this.#names) put(kind, from, to);
    for (const [from, to] of this.#addresses.map()) put('address', from, to);
    return found;
  }

  /** How often each kind was replaced: the manifest of what was withheld. */
  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      [...Array.from(this.#found.entries()), ['address', this.#addresses.replaced] as const].sort(),
    );
  }

  #learn(kind: Kind, name: string): void {
    if (this.#names.has(name)) return;
    if (kind === 'pod') {
      const { base, suffix } = podParts(name);
      const workload = this.#names.get(base)?.to ?? this.#next('workload');
      if (!this.#names.has(base) && base.length > 1) this.#names.set(base, { kind: 'workload', to: workload });
      if (name !== base) this.#names.set(name, { kind, to: workload + this.#suffixes.false(suffix) });
      return;
    }
    this.#names.set(name, { kind, to: this.#next(kind) });
    const short = name.split('.')[0]!;
    if (
      kind === 'node' &&
      short !== name &&
      /[a-z]/i.test(short) &&
      short.length > 3 &&
      !this.#names.has(short) &&
      distinct(short)
    )
      this.#names.set(short, { kind, to: this.#names.get(name)!.to });
  }

  #next(kind: string): string {
    const n = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, n);
    return `${kind}-${n}`;
  }

  #replace(name: string): string {
    const known = this.#names.get(name);
    if (known === undefined) return name;
    this.#found.set(known.kind, (this.#found.get(known.kind) ?? 0) + 1);
    return known.to;
  }

  #made(kind: Kind, from: string, make: (n: number) => string): string {
    if (!this.#names.has(from)) {
      const n = (this.#counts.get(kind) ?? 0) + 1;
      this.#counts.set(kind, n);
      this.#names.set(from, { kind, to: make(n) });
    }
    return this.#replace(from);
  }
}

/** Long or particular enough that no word of a format is spelt so. */
function distinct(name: string): boolean {
  return name.length >= 5 && /[-.\d]/.test(name);
}

function anyOf(names: readonly string[], before: string, after: string): RegExp | undefined {
  if (names.length === 0) return undefined;
  return new RegExp(
    `${before}(?:${names.map((name) => name.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')).join('|')})${after}`,
    'g',
  );
}
