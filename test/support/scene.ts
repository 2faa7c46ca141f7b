import { bySignal, type Scene } from '../../src/evidence/scene.js';
import { prepare } from '../../src/series/prepare.js';
import type { Track } from '../../src/types/track.js';
import { importedOf } from './case.js';

/** When recordings of `track` begin unless told otherwise. */
const START = 1_700_000_000_000;

/** An incident of half a minute, two minutes into a recording, of nobody in particular. */
export function sceneOf(tracks: readonly Track[]): Scene {
  const window = { from: START + 120_000, to: START + 150_000, uncertainty: 0, findings: [] };
  return {
    case: prepare(importedOf([])),
    window,
    windows: [window],
    findings: [],
    tracks: bySignal(tracks),
    scope: { level: 'unknown', affected: [], spared: [], findings: [], sources: [], dose: null },
  };
}
