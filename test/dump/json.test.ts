import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { get, jsonDocuments, list, num, parseJson, str } from '../../src/dump/json.js';
import { openFile } from '../support/check-import.js';
import { ImportSession } from '../../src/series/session.js';

async function documents(text: string): Promise<{ values: unknown[]; codes: string[] }> {
  const sink = new ImportSession().open('x', undefined, {});
  const codes: string[] = [];
  const watched = Object.create(sink) as typeof sink;
  watched.problem = (code) => void codes.push(code);
  const values: unknown[] = [];
  for await (const { value } of jsonDocuments(await openFile('x', text), watched)) values.push(value);
  return { values, codes };
}

describe('parseJson', () => {
  it('agrees with JSON.parse on every value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const big = /\d{16}/.test(text);
        const parsed = parseJson(text);
        expect(parsed.ok).toBe(true);
        if (parsed.ok && !big) expect(parsed.value).toEqual(JSON.parse(text));
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('keeps every digit of integers beyond 2^53', () => {
    const parsed = parseJson(
      '{"a":1714960800123456789,"b":-1714960800123456789,"c":"1714960800123456789","d":0.1234567890123456789,"e":1e1714960800123456789}',
    );
    expect(parsed.ok && parsed.value).toMatchObject({
      a: '1714960800123456789',
      b: '-1714960800123456789',
      c: '1714960800123456789',
      d: 0.1234567890123456789,
      e: Infinity,
    });
  });

  it('refuses what is nested too deeply, and closes what ends early', () => {
    expect(parseJson('['.repeat(100_000))).toEqual({ ok: false, reason: 'depth' });
    expect(parseJson('{"a":[1,2,{"b":3},{"c":')).toEqual({
      ok: true,
      repaired: true,
      value: { a: [1, 2, { b: 3 }, {}] },
    });
    expect(parseJson('{"a":1,"b')).toEqual({ ok: true, repaired: true, value: { a: 1 } });
    expect(parseJson('{"a":}')).toEqual({ ok: false, reason: 'syntax' });
    expect(parseJson('[1] x')).toEqual({ ok: false, reason: 'syntax' });
  });

  it('never throws, wherever a text is cut', () => {
    const text = '{"a":[1,{"b":"x\\"y"},null],"c":{"d":1714960800123456789}}';
    for (let i = 0; i <= text.length; i++) expect(() => parseJson(text.slice(0, i))).not.toThrow();
  });
});

describe('jsonDocuments', () => {
  it('yields one value after another', async () => {
    expect((await documents('{"a":1}\n{"a":2}{"a":3}\n\n[\n4,\n5]\n')).values).toEqual([
      { a: 1 },
      { a: 2 },
      { a: 3 },
      [4, 5],
    ]);
    expect((await documents('event: {"a":"}{"}\n')).values).toEqual([{ a: '}{' }]);
  });

  it('reports what it cannot read', async () => {
    expect(await documents('{"a":}\n{"b":1}\n')).toEqual({ values: [{ b: 1 }], codes: ['BAD_JSON'] });
    expect(await documents(`${'['.repeat(1000)}\n`)).toEqual({ values: [], codes: ['JSON_TOO_DEEP'] });
    expect(await documents('{"a":[1,\n2')).toEqual({ values: [{ a: [1] }], codes: ['TRUNCATED'] });
  });
});

describe('get, list, str, num', () => {
  it('touch own properties only', () => {
    expect(get({ a: { b: 1 } }, 'a', 'b')).toBe(1);
    expect(get({}, 'constructor')).toBeUndefined();
    expect(get(null, 'a')).toBeUndefined();
    expect(list('x')).toEqual([]);
    expect([str(1), str('a'), str(true)]).toEqual(['1', 'a', undefined]);
    expect([num('1.5'), num(''), num(null), num('x')]).toEqual([1.5, NaN, NaN, NaN]);
  });
});
