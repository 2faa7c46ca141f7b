import fc from 'fast-check';

/** One way to break a file; positions are shares of its length. */
export type Damage =
  | { readonly how: 'cut'; readonly at: number }
  | { readonly how: 'behead'; readonly at: number }
  | { readonly how: 'byte'; readonly at: number; readonly byte: number }
  | { readonly how: 'drop' | 'double' | 'swap'; readonly at: number; readonly length: number }
  | { readonly how: 'insert'; readonly at: number; readonly text: string };

const at = fc.double({ min: 0, max: 1, noNaN: true });

/** Pieces that broke readers before: numbers out of range, brackets, quotes, odd dates, labels of `Object`. */
export const NASTY = [
  'NaN', '-1', '1e400', '99999999999999999999', '0x1p3', '', ' ', '\t', '\n', '\r', '\0', '"', "'", '{', '}', '[', ']', ',', ':', '=',
  '\\', '\\u', '\\ud800', '\ufeff', '\u2028', '😀', '\ud800', '__proto__', 'constructor', 'null', 'true', '{}', '[]', '1970-01-01',
  '9999-99-99T99:99:99Z', '0000000000000', '-0', '+Inf', '%', '(', ')', '#', '# EOF\n', '<', 'a'.repeat(5000), '\n'.repeat(50),
]; // prettier-ignore

export const damages: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ how: fc.constant('cut' as const), at }),
  fc.record({ how: fc.constant('behead' as const), at }),
  fc.record({ how: fc.constant('byte' as const), at, byte: fc.nat(255) }),
  fc.record({
    how: fc.constantFrom('drop' as const, 'double' as const, 'swap' as const),
    at,
    length: fc.integer({ min: 1, max: 200 }),
  }),
  fc.record({ how: fc.constant('insert' as const), at, text: fc.oneof(fc.constantFrom(...NASTY), fc.string()) }),
);

/** The bytes after the damage; the original is left alone. */
export function damaged(content: Uint8Array, damage: Damage): Uint8Array {
  const i = Math.min(content.length, Math.floor(damage.at * content.length));
  switch (damage.how) {
    case 'cut':
      return content.slice(0, i);
    case 'behead':
      return content.slice(i);
    case 'byte': {
      const copy = content.slice();
      if (i < copy.length) copy[i] = damage.byte;
      return copy;
    }
    case 'drop':
      return joined(content.subarray(0, i), content.subarray(i + damage.length));
    case 'double':
      return joined(content.subarray(0, i + damage.length), content.subarray(i));
    case 'swap': {
      const j = Math.min(content.length, i + damage.length);
      const k = Math.min(content.length, j + damage.length);
      return joined(content.subarray(0, i), content.subarray(j, k), content.subarray(i, j), content.subarray(k));
    }
    case 'insert':
      return joined(content.subarray(0, i), new TextEncoder().encode(damage.text), content.subarray(i));
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let to = 0;
  for (const part of parts) {
    all.set(part, to);
    to += part.length;
  }
  return all;
}
