/**
 * Three recordings of one server, a sample a second: stopped for twelve seconds with keep-alive clients (rise, plunge,
 * rebound), stopped with clients that close (plunge only), and throttled (rise only). See design/causes.md §11.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compensation } from '../../src/detectors/compensation.js';
import { burst } from '../../src/detectors/burst.js';
import { dip } from '../../src/detectors/dip.js';
import { detectArrays } from '../../src/frame/findings.js';
import { STOPPED } from '../support/recorded-servers.js';

const FOLDER = new URL('../../../shared/cases/reader-stall/', import.meta.url);
const here = existsSync(FOLDER);
if (!here) console.log('skipped: no recorded servers beside the project');

function column(file: string, name: string): { time: number[]; value: number[] } {
  const [head, ...lines] = readFileSync(new URL(file, FOLDER), 'utf8').trim().split('\n');
  const names = head!.split(',');
  const rows = lines.map((line) => line.split(',').map(Number));
  return {
    time: rows.map((row) => 1000 * row[names.indexOf('t')]!),
    value: rows.map((row) => row[names.indexOf(name)]!),
  };
}

/** Passive opens, as the counter that the kernel keeps; `every` seconds one reading, the first one at `phase`. */
function opens(file: string, every = 1, phase = 0) {
  const { time, value } = column(file, 'passiveopens');
  let total = 0;
  const sums = value.map((v) => (total += v));
  const kept = time.flatMap((t, i) => (i % every === phase ? [[t, sums[i]!] as const] : []));
  return detectArrays(
    compensation,
    kept.map(([t]) => t),
    kept.map(([, v]) => v),
    { kind: 'counter', unit: 'connections' },
  );
}

const KEEP_ALIVE = 'stall_keepalive_poolgrowth.csv';
const THROTTLE = 'throttle_keepalive.csv';
const CHURN = 'stall_closedloop_highchurn.csv';
const FILES = [KEEP_ALIVE, THROTTLE, CHURN];

describe.skipIf(!here)('recorded reader stalls', () => {
  it('rise, plunge and rebound of the stopped keep-alive server are one pattern', () => {
    const found = opens(KEEP_ALIVE);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ direction: 'up' });
    const lobes = found[0]!.lobes!;
    expect(lobes.map(({ direction }) => direction)).toEqual(['up', 'down', 'up']);
    expect(Math.abs(lobes[0]!.from / 1000 - STOPPED.from)).toBeLessThanOrEqual(2);
    // the queue of 511 is full, at 80 a second, about seven seconds later
    expect((lobes[1]!.from - lobes[0]!.from) / 1000).toBeGreaterThan(5);
    expect((lobes[1]!.from - lobes[0]!.from) / 1000).toBeLessThan(9);
    expect(Math.abs(lobes[1]!.to / 1000 - STOPPED.to)).toBeLessThanOrEqual(2);
  });

  it('the throttled server rises without a plunge', () => {
    expect(opens(THROTTLE)).toEqual([]);
    const { time, value } = column(THROTTLE, 'passiveopens');
    expect(detectArrays(burst, time, value, { unit: 'connections' }).length).toBeGreaterThan(0);
  });

  it('the server whose clients close only plunges: nobody waits to come back', () => {
    expect(opens(CHURN)).toEqual([]);
    const { time, value } = column(CHURN, 'passiveopens');
    const [found] = detectArrays(dip, time, value, { unit: 'connections' });
    expect(Math.abs(found!.from / 1000 - STOPPED.from)).toBeLessThanOrEqual(2);
    expect(Math.abs(found!.to / 1000 - STOPPED.to)).toBeLessThanOrEqual(2);
  });

  it('readings too far apart show no plunge of the throttled server either', () => {
    for (const every of [2, 3, 5])
      for (let phase = 0; phase < every; phase++) expect(opens(THROTTLE, every, phase)).toEqual([]);
  });

  it('no baseline second of any recording is a compensation', () => {
    for (const file of FILES)
      for (const { from, to } of opens(file)) {
        expect(from / 1000).toBeGreaterThan(STOPPED.from - 3);
        expect(to / 1000).toBeLessThan(STOPPED.to + 12);
      }
  });
});
