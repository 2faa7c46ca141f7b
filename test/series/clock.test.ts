import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { glob } from '../../src/clocks/glob.js';
import { fixedOffset, zoneOf } from '../../src/clocks/zone.js';
import { importDump } from '../../src/import.js';
import { alignClocks, type ClockOptions } from '../../src/series/clock.js';
import type { Imported } from '../../src/series/foreign.js';
import { memoryDump } from '../support/memory-dump.js';

const HOUR = 3_600_000;
const START = Date.UTC(2024, 4, 6, 2, 0, 0);

/** A course that no shift maps onto itself. */
const course = (i: number): number => Math.round(1000 * Math.abs(Math.sin(i * 1.7) + Math.sin(i * i * 0.013)));

function local(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}

function exposition(count: number, step: number): string {
  return Array.from({ length: count }, (_, i) => [(START + i * step) / 1000, String(course(i))]).map((pair) => JSON.stringify(pair)).join(','); // prettier-ignore
}

function json(count: number, step: number): string {
  return `{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"kubeskoop_tcpsummary_tcprxqueue","k8s_pod":"web-1"},"values":[${exposition(count, step)}]}]}}`;
}

function csv(count: number, step: number, at: (i: number) => number): string {
  const rows = Array.from({ length: count }, (_, i) => `${local(at(i * step))},${course(i)}`);
  return ['"Time","kubeskoop_tcpsummary_tcprxqueue{k8s_pod=""web-1""}"', ...rows].join('\n');
}

async function aligned(files: Record<string, string>, options: ClockOptions = {}): Promise<Imported> {
  const dump = memoryDump(Object.entries(files).map(([path, content]) => ({ path, content })));
  return alignClocks(await importDump(dump), options);
}

const firstOf = (imported: Imported, file: string): number =>
  imported.series.find(({ origin }) => origin.files[origin.file as number] === file)!.time[0]!;

describe('alignClocks', () => {
  it.each([8, 5.75, -4, 0, 13])('finds %s hours from equal values', async (hours) => {
    const files = { 'a.json': json(2000, 15_000), 'b.csv': csv(2000, 15_000, (t) => START + t + hours * HOUR) };
    const imported = await aligned(files);
    expect(firstOf(imported, 'b.csv')).toBe(START);
    const statement = imported.alignment?.find(({ file }) => file === 'b.csv');
    expect(statement).toMatchObject({ how: 'inferred', shift: -hours * HOUR || 0 });
    expect(statement?.evidence?.equal).toBeGreaterThan(200);
    expect(statement?.evidence?.runnerUp).toBeDefined();
    expect(imported.problems).toEqual([]);
  });

  it('shifts once, however often it is called', async () => {
    const once = await aligned({ 'b.csv': csv(50, 15_000, (t) => START + t) }, { tz: [{ zone: 'Asia/Shanghai' }] });
    expect(firstOf(alignClocks(once), 'b.csv')).toBe(START - 8 * HOUR);
  });

  it('says when nothing tells', async () => {
    const imported = await aligned({ 'b.csv': csv(50, 15_000, (t) => START + t) });
    expect(imported.problems.map(({ code }) => code)).toEqual(['AMBIGUOUS_ZONE']);
    expect(imported.alignment?.[0]).toMatchObject({ zone: 'UTC', how: 'assumed', shift: 0 });
  });

  it('says when other data decide nothing', async () => {
    // a week of known clock, no common series: many zones let them overlap
    const week = json(2000, 300_000).replace('kubeskoop_tcpsummary_tcprxqueue', 'node_load1');
    const imported = await aligned({ 'a.json': week, 'b.csv': csv(100, 15_000, (t) => START + 3 * 24 * HOUR + t) });
    expect(imported.problems.map(({ code }) => code)).toEqual(['AMBIGUOUS_ZONE']);
  });

  it('obeys the zones that are given, the last fitting one first', async () => {
    const files = { 'x/b.csv': csv(50, 15_000, (t) => START + t) };
    const at = async (tz: ClockOptions['tz']): Promise<number> => firstOf(await aligned(files, { tz: tz! }), 'x/b.csv');
    expect(await at([{ zone: 'Asia/Shanghai' }])).toBe(START - 8 * HOUR);
    expect(await at([{ zone: 'Asia/Shanghai' }, { glob: 'x/*', zone: '+01:00' }])).toBe(START - HOUR);
    expect(await at([{ zone: 'Asia/Shanghai' }, { glob: 'y/*', zone: '+01:00' }])).toBe(START - 8 * HOUR);
    expect(await at([{ zone: 'raw' }])).toBe(START);
    const wrong = await aligned(files, { tz: [{ zone: 'Mars/Phobos' }] });
    expect(wrong.problems.map(({ code }) => code)).toEqual(['UNKNOWN_ZONE', 'AMBIGUOUS_ZONE']);
  });
});

describe('zones', () => {
  const berlin = zoneOf('Europe/Berlin')!;

  it('reads the hour that is skipped and the hour that is repeated', () => {
    const before = Date.UTC(2024, 2, 31, 1, 30);
    const skipped = Date.UTC(2024, 2, 31, 2, 30);
    const after = Date.UTC(2024, 2, 31, 3, 30);
    expect([...berlin.toUtc(Float64Array.of(before, skipped, after))]).toEqual([
      before - HOUR,
      skipped - HOUR,
      after - 2 * HOUR,
    ]);
    const once = Date.UTC(2024, 9, 27, 2, 30);
    expect(berlin.toUtc(Float64Array.of(once))[0]).toBe(once - 2 * HOUR);
    // the importer has added an hour from the fold on
    const folded = berlin.toUtc(Float64Array.of(once, once + HOUR, once + 2 * HOUR), [once + HOUR]);
    expect([...folded]).toEqual([once - 2 * HOUR, once - HOUR, once]);
  });

  it('brings back what the zone shows', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC'];
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 3e9 }), (name, second) => {
        const wall = second * 1000;
        const instant = zoneOf(name)!.toUtc(Float64Array.of(wall))[0]!;
        const text = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(name).toPlainDateTime();
        const shown = Date.parse(`${text.toString({ smallestUnit: 'second' })}Z`);
        // only a time in the hour that is skipped is shown later than it was written
        expect([0, HOUR, HOUR / 2]).toContain(shown - wall);
        expect(Math.abs(wall - instant)).toBeLessThanOrEqual(14 * HOUR);
      }),
      { numRuns: 100 },
    );
  });

  it('knows offsets in their spellings', () => {
    expect(fixedOffset('+08:00')).toBe(8 * HOUR);
    expect(fixedOffset('UTC-3')).toBe(-3 * HOUR);
    expect(fixedOffset('+0545')).toBe(5.75 * HOUR);
    expect(fixedOffset('Z')).toBe(0);
    expect(fixedOffset('+25:00')).toBeUndefined();
    expect(zoneOf('nonsense')).toBeNull();
  });
});

describe('glob', () => {
  it.each([
    ['*.csv', 'csv/a.csv', true],
    ['csv/*', 'csv/a.csv', true],
    ['csv/*', 'csv/b/a.csv', false],
    ['csv/**', 'csv/b/a.csv', true],
    ['a?.csv', 'ab.csv', true],
    ['*.json', 'a.csv', false],
  ])('%s on %s', (pattern, path, expected) => {
    expect(glob(pattern, path)).toBe(expected);
  });

  it('takes long patterns without delay', () => {
    expect(glob('*a'.repeat(200), 'a'.repeat(400))).toBe(true);
    expect(glob('*a'.repeat(200), 'b'.repeat(400))).toBe(false);
  });
});
