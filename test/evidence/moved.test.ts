import { describe, expect, it } from 'vitest';
import { changed } from '../../src/evidence/moved.js';
import type { Track } from '../../src/types/track.js';
import { sceneOf } from '../support/scene.js';
import { noise, track } from '../support/synth.js';

const asked = { kind: 'change', signal: 'app.requests', direction: 'up', where: 'any', atLeast: 3 } as const;

/** Requests per second, as often as `step` says; too seldom to tell anything at half a minute. */
function requests(labels: Record<string, string>, step: number): Track {
  const random = noise(step);
  const values = Array.from({ length: 240_000 / step }, () => 20 + random.normal());
  return track(values, { kind: 'rate', signal: 'app.requests', unit: 'requests/second', step, window: step, labels });
}

describe('changed', () => {
  const fine = requests({ service: 'a' }, 1000);
  const coarse = (labels: Record<string, string>): Track => requests(labels, 60_000);

  it('knows an entity by the better sight of it', () => {
    expect(changed(asked, sceneOf([fine])).verdict).toBe('absent');
    expect(changed(asked, sceneOf([coarse({ service: 'a' })])).verdict).toBe('unknown');
    expect(changed(asked, sceneOf([fine, coarse({ service: 'a', namespace: 'n' })])).verdict).toBe('absent');
  });

  it('does not know one by the sight of another', () => {
    for (const labels of [{ service: 'b' }, { node: 'n' }, { service: 'a', verb: 'get' }, { pod: 'a' }])
      expect(changed(asked, sceneOf([fine, coarse(labels)])).verdict, JSON.stringify(labels)).toBe('unknown');
  });
});
