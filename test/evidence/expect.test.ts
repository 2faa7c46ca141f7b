import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/evidence/expect.js';
import { bySignal, type Scene } from '../../src/evidence/scene.js';
import type { Track } from '../../src/types/track.js';
import { track } from '../support/synth.js';

const START = 1_700_000_000_000;
const asked = { kind: 'saturates', signal: 'net.tcp.time_wait', limit: { level: 1000 }, ratio: 0.8, where: 'any' } as const; // prettier-ignore

/** An incident of half a minute, two minutes into a recording. */
function sceneOf(tracks: readonly Track[]): Scene {
  const window = { from: START + 120_000, to: START + 150_000, uncertainty: 0, findings: [] };
  return {
    case: { events: [], facts: [] } as unknown as Scene['case'],
    window,
    windows: [window],
    findings: [],
    tracks: bySignal(tracks),
    scope: { level: 'unknown', affected: [], spared: [], findings: [], sources: [], dose: null },
  };
}

function waiting(labels: Record<string, string>, level: (i: number) => number): Track {
  const values = Array.from({ length: 240 }, (_, i) => level(i));
  return track(values, { signal: 'net.tcp.time_wait', unit: 'connections', step: 1000, labels });
}

describe('saturates', () => {
  const far = waiting({ pod: 'a' }, (i) => i % 3);
  const unseen = (labels: Record<string, string>): Track => waiting(labels, (i) => (i >= 110 && i <= 160 ? NaN : 900));

  it('says nothing of who was not looked at in the window', () => {
    expect(evaluate(asked, sceneOf([far]), []).verdict).toBe('absent');
    expect(evaluate(asked, sceneOf([far, unseen({ pod: 'b' })]), []).verdict).toBe('unknown');
  });

  it('knows who was looked at by another series', () => {
    expect(evaluate(asked, sceneOf([far, unseen({ pod: 'a', node: 'n' })]), []).verdict).toBe('absent');
  });
});
