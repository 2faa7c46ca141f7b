/** Which part of a series name says whose it is, and which says of what kind it is. */
export interface NameParts {
  readonly entity: string;
  readonly kind: string;
}

/** Fewest series that make a kind: with three, a median of peers is not the series itself. */
export const PEERS = 3;

/**
 * Splits names such as `carts_cpu`, `carts-db_lat_90`, `cpu.carts` or `cpu{pod="carts"}` into entity and kind. The kind is
 * the longest run of tokens, at the end or at the begin of the name, that at least three names share; the side under which
 * more names find a kind is taken for all.
 * @returns by name; a name that shares nothing is its own entity with an empty kind
 */
export function nameParts(names: readonly string[]): Map<string, NameParts> {
  const braces = names.filter((name) => name.includes('{')).length;
  if (2 * braces > names.length) return new Map(names.map((name) => [name, byLabels(name)]));
  const atEnd = bySide(names, true);
  const atBegin = bySide(names, false);
  return shared(atBegin) > shared(atEnd) ? atBegin : atEnd;
}

function byLabels(name: string): NameParts {
  const brace = name.indexOf('{');
  return brace < 0 ? { entity: '', kind: name } : { entity: name.slice(brace), kind: name.slice(0, brace) };
}

function shared(parts: ReadonlyMap<string, NameParts>): number {
  let count = 0;
  for (const { kind } of parts.values()) if (kind !== '') count++;
  return count;
}

/** Places at which a name can be parted: before or after `_`, `.`, `:` or `/`. */
function seams(name: string): number[] {
  const out: number[] = [];
  for (let i = 1; i + 1 < name.length; i++) if ('_.:/'.includes(name[i]!)) out.push(i);
  return out;
}

function bySide(names: readonly string[], atEnd: boolean): Map<string, NameParts> {
  const count = new Map<string, number>();
  const pieces = new Map<string, { kind: string; entity: string }[]>();
  for (const name of names) {
    // longest kind first
    const at = atEnd ? seams(name) : seams(name).reverse();
    const options = at.map((i) => {
      const [head, tail] = [name.slice(0, i), name.slice(i + 1)];
      return atEnd ? { entity: head, kind: tail } : { entity: tail, kind: head };
    });
    pieces.set(name, options);
    for (const { kind } of options) count.set(kind, (count.get(kind) ?? 0) + 1);
  }
  return new Map(
    names.map((name) => {
      const found = pieces.get(name)!.find(({ kind }) => count.get(kind)! >= PEERS);
      return [name, found ?? { entity: pieces.get(name)![0]?.entity ?? name, kind: '' }];
    }),
  );
}
