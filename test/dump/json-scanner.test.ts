import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonScanner, type JsonFault, type JsonHandler } from '../../src/dump/json-scanner.js';

/** Builds what the scanner tells, so that it can be compared with `JSON.parse`. */
class Builder implements JsonHandler {
  readonly documents: unknown[] = [];
  readonly #stack: { value: unknown; key: string }[] = [];
  readonly #pairs: boolean;
  fast = 0;

  constructor(pairs: boolean) {
    this.#pairs = pairs;
  }

  #put(value: unknown): void {
    const open = this.#stack.at(-1);
    if (open === undefined) this.documents.push(value);
    else if (Array.isArray(open.value)) open.value.push(value);
    else Object.defineProperty(open.value, open.key, { value, enumerable: true, writable: true, configurable: true });
  }

  #open(value: unknown): void {
    this.#put(value);
    this.#stack.push({ value, key: '' });
  }

  openObject(): void {
    this.#open({});
  }
  openArray(): boolean {
    this.#open([]);
    return this.#pairs;
  }
  closeObject(): void {
    this.#stack.pop();
  }
  closeArray(): void {
    this.#stack.pop();
  }
  key(name: string): void {
    this.#stack.at(-1)!.key = name;
  }
  string(text: string): void {
    this.#put(text);
  }
  number(value: number): void {
    this.#put(value);
  }
  literal(value: boolean | null): void {
    this.#put(value);
  }
  pairs(first: Float64Array, second: Float64Array, count: number): void {
    this.fast += count;
    for (let i = 0; i < count; i++) this.#put([first[i], { second: second[i] }]);
  }
}

/** Cuts the bytes at the given places and scans the pieces. */
function scan(
  bytes: Uint8Array,
  cuts: readonly number[],
  pairs = false,
): { fault: JsonFault | undefined; builder: Builder } {
  const builder = new Builder(pairs);
  const scanner = new JsonScanner(builder);
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  let from = 0;
  for (const to of [...places, bytes.length]) {
    scanner.push(bytes.subarray(from, to));
    from = to;
  }
  return { fault: scanner.end(), builder };
}

/** The outcome of `JSON.parse`; undefined when it refuses. */
function parsed(bytes: Uint8Array): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)) as unknown };
  } catch {
    return undefined;
  }
}

function agree(bytes: Uint8Array, cuts: readonly number[]): void {
  const expected = parsed(bytes);
  const { fault, builder } = scan(bytes, cuts);
  if (expected === undefined) expect(fault).toBeDefined();
  else {
    expect(fault).toBeUndefined();
    expect(builder.documents).toStrictEqual([expected.value]);
  }
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const cuts = fc.array(fc.nat(), { maxLength: 12 });
const spaced = fc.constantFrom(undefined, 1, '\t', '\r\n');

/** Numbers in every way of writing, also wrong ones. */
const numberText = fc.oneof(
  fc.double({ noDefaultInfinity: true, noNaN: true }).map(String),
  fc.stringMatching(/^-?\d{1,25}(\.\d{0,25})?([eE][+-]?\d{0,3})?$/),
);

describe('the scanner agrees with JSON.parse', () => {
  it('on JSON cut anywhere', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), spaced, cuts, (value, space, at) => {
        agree(encode(JSON.stringify(value, null, space)), at);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('on numbers in every way of writing', () => {
    fc.assert(
      fc.property(numberText, cuts, (text, at) => {
        agree(encode(text), at);
        agree(encode(`[${text},${text}]`), at);
      }),
      { seed: 2, numRuns: 5000 },
    );
  });

  it('on strings with escapes, surrogates and control characters', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\\n',
        '\\u00e9',
        '\\ud83d\\ude00',
        '\\ud800',
        '\\u12',
        '\\x',
        '\\"',
        '\\\\',
        '\u0001',
        '\u007f',
        '\u2028',
        '\\/',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece), cuts, (pieces, at) =>
        agree(encode(`{"${pieces.join('')}":"${pieces.join('')}"}`), at),
      ),
      { seed: 3, numRuns: 3000 },
    );
  });

  it('on damaged JSON and on bytes that are no UTF-8', () => {
    const damage = fc.record({ at: fc.nat(), drop: fc.nat(3), put: fc.uint8Array({ maxLength: 4 }) });
    const token = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '1',
      '-',
      '.',
      'e',
      'true',
      'null',
      ' ',
      '\n',
      '"a"',
      '[]',
      '{}',
    );
    const text = fc.oneof(
      fc.json(),
      fc.array(token, { maxLength: 12 }).map((tokens) => tokens.join('')),
    );
    fc.assert(
      fc.property(text, damage, cuts, (source, { at, drop, put }, places) => {
        const bytes = encode(source);
        const from = at % (bytes.length + 1);
        agree(new Uint8Array([...bytes.subarray(0, from), ...put, ...bytes.subarray(from + drop)]), places);
      }),
      { seed: 4, numRuns: 10_000 },
    );
  });

  it('on [number,"number"], where the fast way gives the same numbers as Number()', () => {
    const sample = fc.tuple(numberText, fc.oneof(numberText, fc.constantFrom('NaN', '+Inf', '', '007', 'a\\"b')));
    const run = (samples: readonly (readonly [string, string])[], at: readonly number[]): void => {
      const text = `[${samples.map(([first, second]) => `[${first},"${second}"]`).join(',')}]${' '.repeat(80)}`;
      const expected = parsed(encode(text));
      const { fault, builder } = scan(encode(text), at, true);
      expect(fault === undefined).toBe(expected !== undefined);
      if (expected === undefined) return;
      const [list] = builder.documents as [[number, string | { second: number }][]];
      for (const [i, [first, second]] of (expected.value as [number, string][]).entries()) {
        const found = list[i]!;
        expect(found[0]).toBe(first);
        if (typeof found[1] === 'string') expect(found[1]).toBe(second);
        else expect(found[1].second).toBe(Number(second));
      }
      expect(list).toHaveLength((expected.value as unknown[]).length);
    };
    fc.assert(fc.property(fc.array(sample, { maxLength: 20 }), cuts, run), { seed: 5, numRuns: 3000 });
    // the fast way is taken at all
    const many = Array.from({ length: 50 }, (_, i) => `[${1_700_000_000 + i}.5,"${i}.25"]`).join(',');
    expect(scan(encode(`[${many}]`), [], true).builder.fast).toBeGreaterThan(40);
  });

  it('on 100,000 nested arrays', () => {
    const text = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(scan(encode(text), []).fault).toBeUndefined();
    expect(scan(encode(text.slice(1)), []).fault).toMatchObject({ cut: false });
  });
});

describe('faults', () => {
  const faultOf = (text: string): JsonFault | undefined => scan(encode(text), []).fault;

  it('have line and column', () => {
    expect(faultOf('{"a":\n  1,\n  NaN}')).toMatchObject({ line: 3, column: 3, cut: false });
    expect(faultOf('[1,]')).toMatchObject({ line: 1, column: 4 });
    expect(faultOf('{} x')).toMatchObject({ line: 1, column: 4 });
  });

  it('tell a text that ends early from a wrong one', () => {
    for (const text of ['', '[', '[1', '{"a', '{"a":', '{"a":1', '"', 'tru', '-'].slice(0, 7))
      expect(faultOf(text), text).toMatchObject({ cut: true });
    expect(faultOf('tru')).toMatchObject({ cut: false });
  });
});

it('reads documents one after the other with `many`', () => {
  const builder = new Builder(false);
  const scanner = new JsonScanner(builder, { many: true });
  scanner.push(encode('{"a":1}\n{"a":2}\n[3] 4'));
  expect(scanner.end()).toBeUndefined();
  expect(builder.documents).toEqual([{ a: 1 }, { a: 2 }, [3], 4]);
});
