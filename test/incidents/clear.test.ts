import { describe, expect, it } from 'vitest';
import { clearOf } from '../../src/incidents/clear.js';
import type { Track } from '../../src/types/track.js';
import { noise, track } from '../support/synth.js';

const START = 1_700_000_000_000;
const PODS = ['web-0', 'web-1', 'db-0', 'job-0'];
const pods = new Map(PODS.map((pod) => [pod, { pod }]));
const hit = [{ pod: 'web-0' }, { pod: 'web-1' }];
const window = { from: START + 100_000, to: START + 130_000 };

/** Clients of the first two pods wait for half a second, seen every `step` seconds. */
function latencies(step: number, signal = 'app.latency.p99'): Track[] {
  return PODS.map((pod, k) => {
    const random = noise(k + 5);
    const values = Array.from({ length: 300 / step }, (_, i) => {
      const bad = k < 2 && i * step >= 100 && i * step < 130;
      return (bad ? 0.5 : 0.02) + 0.002 * random.normal();
    });
    return track(values, { signal, unit: 'seconds', step: 1000 * step, start: START, labels: { pod } });
  });
}

const clear = (tracks: readonly Track[]): unknown[] => clearOf(tracks, pods, hit, window).map(({ pod }) => pod);

describe('clearOf', () => {
  it('clears pods whose clients surely waited no longer', () => {
    expect(clear(latencies(1))).toEqual(['db-0', 'job-0']);
  });

  it('clears nobody who was not looked at', () => {
    expect(clear(latencies(1).filter(({ series }) => series.labels['pod'] !== 'db-0'))).toEqual(['job-0']);
  });

  it('clears nobody who was looked at seldom', () => {
    expect(clear(latencies(5))).toEqual([]);
  });

  it('clears nobody by a symptom that not all who were hit show', () => {
    const [first, second, ...others] = latencies(1);
    expect(clear([first!, { ...second!, value: others[0]!.value }, ...others])).toEqual([]);
  });

  it('clears nobody by what clients do not feel', () => {
    expect(clear(latencies(1, 'net.tcp.rx_queue'))).toEqual([]);
  });
});
