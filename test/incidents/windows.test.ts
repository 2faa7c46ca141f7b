import { describe, expect, it } from 'vitest';
import { detectAll } from '../../src/detectors/all.js';
import { onsets, orderOf } from '../../src/incidents/order.js';
import { podOf, scopeOf } from '../../src/incidents/scope.js';
import { findWindows } from '../../src/incidents/windows.js';
import type { Case } from '../../src/types/case.js';
import type { Finding } from '../../src/types/finding.js';
import type { Track } from '../../src/types/track.js';
import { noise, track } from '../support/synth.js';

const STEP = 15_000;
const START = 1_700_000_000_000;
const N = 80;

function caseOf(tracks: readonly Track[]): Case {
  return {
    name: 'made',
    sha256: '',
    files: [],
    series: tracks.map(({ series }) => series),
    facts: [],
    events: [],
    entities: [],
    span: { from: START, to: START + N * STEP },
    problems: [],
  };
}

/** Four pods with load; `hit` ones queue up and read slowly in samples 40–42. */
function cluster(hit: readonly string[], extra: (pod: string, i: number) => number = () => 0): Track[] {
  return ['web-0', 'web-1', 'db-0', 'job-0'].flatMap((pod, k) => {
    const random = noise(k + 11);
    const labels = { node: 'n1', namespace: 'shop', pod };
    const bad = (i: number): boolean => hit.includes(pod) && i >= 40 && i < 43;
    const list = (one: (i: number) => number): number[] => Array.from({ length: N }, (_, i) => one(i));
    const options = { step: STEP, start: START, labels };
    return [
      track(
        list((i) => (bad(i) ? 90_000 : random.uniform() < 0.1 ? 300 : 0)),
        { ...options, signal: 'net.tcp.rx_queue', unit: 'bytes' },
      ),
      track(
        list((i) => (bad(i) ? random.poisson(60) : 0)),
        { ...options, signal: 'net.socket.slow_reads_100ms', kind: 'counter', unit: 'operations' },
      ),
      track(
        list((i) => random.poisson(100 * (k + 1)) + extra(pod, i)),
        { ...options, signal: 'net.tcp.segments_in', kind: 'counter', unit: 'segments' },
      ),
    ];
  });
}

function windowsOf(tracks: readonly Track[], options = {}): ReturnType<typeof findWindows> {
  return findWindows(detectAll(tracks), tracks, caseOf(tracks), options);
}

describe('findWindows', () => {
  it('finds when somebody was hurt', () => {
    const windows = windowsOf(cluster(['web-0', 'web-1']));
    expect(windows).toHaveLength(1);
    expect(Math.abs(windows[0]!.from - (START + 40 * STEP))).toBeLessThanOrEqual(STEP);
    expect(Math.abs(windows[0]!.to - (START + 43 * STEP))).toBeLessThanOrEqual(STEP);
    expect(windows[0]!.findings.length).toBeGreaterThanOrEqual(4);
  });

  it('makes no incident of mere busyness', () => {
    expect(windowsOf(cluster([], (_, i) => (i >= 40 && i < 44 ? 900 : 0)))).toEqual([]);
    expect(windowsOf(cluster([]))).toEqual([]);
  });

  it('takes a given window as it is, and a given complaint as harm', () => {
    const tracks = cluster([], (_, i) => (i >= 40 && i < 44 ? 900 : 0));
    expect(windowsOf(tracks, { from: START + STEP, to: START + 2 * STEP })).toMatchObject([
      { from: START + STEP, to: START + 2 * STEP, uncertainty: 0 },
    ]);
    expect(windowsOf(tracks, { symptom: 'net.tcp.segments_in' })).toHaveLength(1);
  });

  /** Four pods' latency sampled each second for 204 s: stutters of single pods, and episodes in which two suffer at once. */
  function latencies(episodes: readonly (readonly [number, number])[]): Track[] {
    return ['web-0', 'web-1', 'db-0', 'job-0'].map((pod, k) => {
      const random = noise(k + 5);
      const value = Array.from({ length: 204 }, (_, i) => {
        const bad = k < 2 && episodes.some(([from, to]) => i >= from && i < to);
        const stutter = i % 67 === 13 * (k + 1) ? 0.15 : 0;
        return 0.005 + 0.001 * random.uniform() + stutter + (bad ? 0.6 + 0.2 * random.uniform() : 0);
      });
      const labels = { node: 'n1', namespace: 'shop', pod };
      return track(value, { step: 1000, start: START, labels, signal: 'app.latency.mean', unit: 'seconds' });
    });
  }

  function found(episodes: readonly (readonly [number, number])[]): readonly (readonly number[])[] {
    const tracks = latencies(episodes);
    const span = { from: START, to: START + 203_000 };
    return findWindows(detectAll(tracks), tracks, { ...caseOf(tracks), span })
      .map(({ from, to }) => [Math.round((from - START) / 1000), Math.round((to - START) / 1000)])
      .sort((a, b) => a[0]! - b[0]!);
  }

  it.each([
    [[[120, 140]]],
    [
      [
        [20, 40],
        [120, 140],
      ],
    ],
    [
      [
        [30, 42],
        [90, 102],
        [150, 162],
      ],
    ],
  ] as const)('a second episode does not hide the first: %j', (episodes) => {
    const windows = found(episodes);
    expect(windows).toHaveLength(episodes.length);
    episodes.forEach(([from, to], i) => {
      expect(Math.abs(windows[i]![0]! - from)).toBeLessThanOrEqual(2);
      expect(Math.abs(windows[i]![1]! - to)).toBeLessThanOrEqual(2);
    });
  });

  it('stutters of single pods are no incident', () => expect(found([])).toEqual([]));

  it('judges an episode seen at a single sample', () => {
    const tracks = cluster(['web-0', 'web-1']);
    const at = (finding: Finding, from: number): Finding => ({ ...finding, from, to: from });
    const found = detectAll(tracks).map((finding) => at(finding, START + 40 * STEP));
    const again = found.filter(({ labels }) => labels['pod'] === 'web-0').map((f) => at(f, START + 70 * STEP));
    const windows = findWindows([...found, ...again], tracks, caseOf(tracks));
    expect(Math.abs(windows[0]!.from - (START + 40 * STEP))).toBeLessThanOrEqual(STEP);
    expect(Math.abs(windows[0]!.to - (START + 40 * STEP))).toBeLessThanOrEqual(STEP);
  });

  it('finds nothing in an empty dump', () => expect(windowsOf([])).toEqual([]));
});

describe('scopeOf', () => {
  it('names the hurt and the spared, the label that tells them apart, and the level', () => {
    const tracks = cluster(['web-0', 'web-1']);
    const [window] = windowsOf(tracks);
    const scope = scopeOf(caseOf(tracks), tracks, window!);
    expect(scope.affected.map(({ pod }) => pod)).toEqual(['web-0', 'web-1']);
    expect(scope.spared.map(({ pod }) => pod)).toEqual(['db-0', 'job-0']);
    expect(scope.level).toBe('workload');
    expect(scope.label).toMatchObject({ name: 'workload', value: 'web' });
    expect(scope.label!.p).toBeCloseTo(1 / 6, 6);
    expect(scope.dose).toMatchObject({ by: 'net.tcp.segments_in', n: 4 });
  });

  it('refuses a dose–response for too few pods', () => {
    const tracks = cluster(['web-0']).filter(({ series }) => !['db-0', 'job-0'].includes(series.labels['pod']!));
    const [window] = windowsOf(tracks);
    expect(scopeOf(caseOf(tracks), tracks, window!).dose).toBeNull();
  });

  it('lets a service speak of its one pod only', () => {
    const pods = new Map([
      ['web-0', {}],
      ['web-1', {}],
      ['db-0', {}],
    ]);
    expect(podOf({ service: 'db' }, pods)).toBe('db-0');
    expect(podOf({ service: 'web' }, pods)).toBeUndefined();
    expect(podOf({ service: 'web-1' }, pods)).toBe('web-1');
  });
});

describe('orderOf', () => {
  const onset = (at: number, by: number): Parameters<typeof orderOf>[0] => ({
    signal: 's',
    finding: `${at}`,
    at,
    earliest: at - by,
    latest: at + by,
  });

  it.each([
    [onset(1000, 500), onset(9000, 500), 'before'],
    [onset(9000, 500), onset(1000, 500), 'after'],
    [onset(1000, 7500), onset(9000, 7500), 'cannot tell'],
    [onset(1000, 0), onset(1000, 0), 'together'],
  ] as const)('%o and %o: %s', (a, b, expected) => expect(orderOf(a, b)).toBe(expected));

  it('lists onsets earliest first', () => {
    const tracks = cluster(['web-0']);
    const list = onsets(detectAll(tracks));
    expect(list.map(({ at }) => at)).toEqual(list.map(({ at }) => at).sort((a, b) => a - b));
    expect(list[0]!.earliest).toBeLessThan(list[0]!.latest);
  });
});
