import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/evidence/expect.js';
import type { Scene } from '../../src/evidence/scene.js';
import type { Track } from '../../src/types/track.js';
import { sceneOf } from '../support/scene.js';
import { track } from '../support/synth.js';

const asked = { kind: 'saturates', signal: 'net.tcp.time_wait', limit: { level: 1000 }, ratio: 0.8, where: 'any' } as const; // prettier-ignore

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

  it('a few looks that saw nothing near the limit say nothing of what was between them', () => {
    const every = (step: number): Track => {
      const values = Array.from({ length: 240_000 / step }, (_, i) => i % 3);
      return track(values, { signal: 'net.tcp.time_wait', unit: 'connections', step, labels: { pod: 'a' } });
    };
    expect(evaluate(asked, sceneOf([every(1000)]), []).verdict).toBe('absent');
    expect(evaluate(asked, sceneOf([every(10_000)]), []).verdict).toBe('unknown');
  });

  it('knows who was looked at by another series', () => {
    expect(evaluate(asked, sceneOf([far, unseen({ pod: 'a', node: 'n' })]), []).verdict).toBe('absent');
  });
});

describe('whom a prediction is refuted by', () => {
  const rises = { kind: 'change', signal: 'net.tcp.time_wait', direction: 'up', where: 'affected', atLeast: 100 } as const; // prettier-ignore
  const still = waiting({ pod: 'a' }, (i) => 50 + (i % 3));
  const other = waiting({ pod: 'b' }, (i) => (i >= 120 && i <= 150 ? 900 : 50) + (i % 3));
  const scene = (clear: readonly { pod: string }[]): Scene => {
    const base = sceneOf([still, other]);
    const scope = { ...base.scope, affected: [{ pod: 'a' }], spared: [{ pod: 'b' }], clear } as Scene['scope'];
    return { ...base, scope };
  };

  it('by those who were hit, if all others were surely spared', () => {
    expect(evaluate(rises, scene([{ pod: 'b' }]), []).verdict).toBe('absent');
  });

  it('by nobody, if it was seen where others may have been hit as well', () => {
    expect(evaluate(rises, scene([]), []).verdict).toBe('unknown');
  });
});
