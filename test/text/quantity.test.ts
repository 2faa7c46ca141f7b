import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatClock,
  formatDuration,
  formatNumber,
  formatP,
  formatQuantity,
  formatShare,
  formatTime,
  isRelative,
  timeAfter,
} from '../../src/text/quantity.js';
import type { Unit } from '../../src/types/units.js';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('quantities', () => {
  it.each([
    [0, '0'],
    [1, '1'],
    [1234.5, '1235'],
    [0.0123456, '0.0123'],
    [-5, '−5'],
    [1e-6, '1×10⁻⁶'],
    [2.5e17, '2.5×10¹⁷'],
    [NaN, '–'],
    [Infinity, '–'],
    [4e-324, '0'],
  ])('number %d is %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it.each([
    [1536, 'bytes', '1.5 KiB'],
    [1023, 'bytes', '1023 B'],
    [1024 ** 2, 'bytes', '1 MiB'],
    [13_000, 'pages/second', '13 k pages/s'],
    [9999, 'segments', '9999 segments'],
    [0.42, 'seconds/second', '420 ms/s'],
    [1.5, 'seconds/second', '1.5 s/s'],
    [0.0004, 'seconds', '400 µs'],
    [90, 'seconds', '90 s'],
    [0.125, 'ratio', '12.5 %'],
    [7, 'count', '7'],
    [1.07e-14, 'bytes', '0 B'],
    [-1e-12, 'connections', '0 connections'],
    [NaN, 'bytes', '–'],
  ] as [number, Unit, string][])('%d %s is %s', (value, unit, text) => {
    expect(plain(formatQuantity(value, unit, 'en'))).toBe(text);
  });

  it('says units in Chinese', () => {
    expect(plain(formatQuantity(12, 'connections/second', 'zh'))).toBe('12 个连接/s');
  });

  it.each([
    [0.86, '86 %'],
    [1, '100 %'],
    [0.9995, '> 99.9 %'],
    [0.0004, '< 0.1 %'],
    [0, '0 %'],
    [0.0141, '1.4 %'],
    [0.995, '99.5 %'],
  ])('share %d is %s', (ratio, text) => {
    expect(plain(formatShare(ratio))).toBe(text);
  });

  it.each([
    [26_000, '26 s'],
    [200_000, '3 min 20 s'],
    [7_200_000, '2 h'],
    [18_600_000, '5 h 10 min'],
    [1_000_000_000, '12 d'],
    [500, '0.5 s'],
    [30, '30 ms'],
  ])('%d ms is %s', (span, text) => {
    expect(plain(formatDuration(span))).toBe(text);
  });

  it('times are UTC and never throw', () => {
    expect(formatTime(Date.UTC(2026, 6, 14, 8, 5, 7))).toBe('2026-07-14 08:05:07');
    expect(formatClock(Date.UTC(2026, 6, 14, 8, 5, 7))).toBe('08:05:07');
    expect(formatTime(NaN)).toBe('–');
    expect(formatTime(1e300)).toBe('–');
  });

  it('the end of a span repeats no day, and a time since an unknown start has none', () => {
    const from = Date.UTC(2026, 6, 14, 23, 59, 0);
    expect(timeAfter(from, from + 30_000)).toBe('23:59:30');
    expect(timeAfter(from, from + 90_000)).toBe('2026-07-15 00:00:30');
    expect(formatTime(26_000)).toBe('00:00:26');
    expect(plain(formatTime(2 * 86_400_000 + 1000))).toBe('2 d 00:00:01');
    expect(isRelative(26_000)).toBe(true);
    expect(isRelative(from)).toBe(false);
  });

  it('p is never zero', () => {
    expect(formatP(0)).toBe('<\u00a010⁻¹²');
    expect(formatP(0.0213)).toBe('0.021');
  });

  it('any number in any unit gives one short line', () => {
    const units = fc.constantFrom<Unit>(
      'bytes',
      'seconds',
      'ratio',
      'count',
      'pages',
      'bytes/second',
      'seconds/second',
      'unknown',
    );
    fc.assert(
      fc.property(fc.double(), units, (value, unit) => {
        const text = formatQuantity(value, unit, 'zh');
        expect(text).not.toMatch(/NaN|Infinity|e[+-]|undefined/);
        expect(text.length).toBeLessThan(30);
      }),
    );
  });
});
