import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstStamp, isAmbiguousZone, nanoseconds, stampAt, wholeStamp } from '../../src/logs/time.js';

const at = (text: string): number | undefined => stampAt(text, 0)?.time;
const UTC = Date.UTC(2024, 4, 6, 10, 0, 0);

describe('stampAt', () => {
  it.each([
    ['2024-05-06T10:00:00Z x', UTC],
    ['2024-05-06T10:00:00.123456789Z', UTC + 123.456789],
    ['2024-05-06 10:00:00,250', UTC + 250],
    ['2024-05-06T18:00:00+08:00', UTC],
    ['2024-05-06T18:00:00+0800', UTC],
    ['2024-05-06 18:00:00 +0800 msg', UTC],
    ['2024/05/06 10:00:00 [error]', UTC],
    ['20240506T100000Z', UTC],
    ['06/May/2024:18:00:00 +0800', UTC],
    ['Mon, 06 May 2024 10:00:00 GMT', UTC],
    ['06 May 2024 10:00:00.5', UTC + 500],
    ['Mon May  6 10:00:00 2024', UTC],
    ['Mon May  6 10:00:00 UTC 2024', UTC],
    ['Mon May  6 10:00:00 PM UTC 2024', UTC + 12 * 3_600_000],
    ['Mon 2024-05-06 10:00:00 UTC', UTC],
    ['May  6 2024 10:00:00', UTC],
    ['05/06/2024 10:00:00 AM', UTC],
    ['1714989600', UTC],
    ['1714989600.5', UTC + 500],
    ['1714989600123', UTC + 123],
    ['1714989600123456', UTC + 123.456],
    ['1714989600123456789', UTC + 123.456789],
    ['2024-05-06 12:00:00 CEST', UTC],
    ['2024-05-05T24:00:00Z', Date.UTC(2024, 4, 6)],
    ['2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1)],
  ])('%s', (text, time) => {
    expect(at(text)).toBeCloseTo(time, 3);
  });

  it.each(['2024-02-30T10:00:00Z', '2024-13-01 10:00:00', '2024-06-01T12:00:00+25:00', '2024-06-01T25:00:00Z'])(
    '%s is a stamp of no instant',
    (text) => {
      expect(at(text)).toBeNaN();
    },
  );

  it.each(['10:00:00 x', 'Foo 12 10:00:00', '2024-05-06', '12345', '17149896001', 'hello'])('%s is none', (text) => {
    expect(stampAt(text, 0)).toBeUndefined();
  });

  it('tells the zone apart', () => {
    expect(stampAt('2024-05-06T10:00:00Z', 0)?.zone).toBe('utc');
    expect(stampAt('2024-05-06T10:00:00+08:00', 0)).toMatchObject({ zone: 'offset', written: '+08:00' });
    expect(stampAt('2024-05-06 10:00:00 ERROR x', 0)?.zone).toBe('local');
    expect(stampAt('2024-05-06T10:00:00FOO x', 0)).toMatchObject({ zone: 'unknown', written: 'FOO' });
    expect(stampAt('2024-05-06 10:00:00 CST x', 0)).toMatchObject({ zone: 'unknown', written: 'CST' });
    expect(isAmbiguousZone('CST')).toBe(true);
    expect(stampAt('May  6 10:00:00 host', 0)).toMatchObject({ zone: 'local', yearless: true });
  });

  it('never throws and ends within the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('0123456789TZ:-+/ .,MayMon')) }), (text) => {
        const stamp = firstStamp(text);
        if (stamp) expect(stamp.end).toBeLessThanOrEqual(text.length);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});

describe('firstStamp', () => {
  it('looks behind brackets and words', () => {
    expect(firstStamp('[main] [2024-05-06T10:00:00Z] x')).toMatchObject({ time: UTC, start: 8 });
    expect(firstStamp(`${'x '.repeat(100)}2024-05-06T10:00:00Z`)).toBeUndefined();
  });
});

describe('wholeStamp and nanoseconds', () => {
  it('takes nothing but a stamp', () => {
    expect(wholeStamp(' 2024-05-06T10:00:00Z ')?.time).toBe(UTC);
    expect(wholeStamp('2024-05-06T10:00:00Z x')).toBeUndefined();
  });

  it('keeps digits beyond 2^53', () => {
    expect(nanoseconds('1714989600123456789')).toBeCloseTo(UTC + 123.456789, 3);
    expect(nanoseconds('7')).toBeCloseTo(7e-6, 12);
    expect(nanoseconds('-1000000')).toBe(-1);
    expect(nanoseconds('1e9')).toBeNaN();
  });
});
