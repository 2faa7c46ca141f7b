import { describe, expect, it } from 'vitest';
import { detectAll } from '../../src/detectors/all.js';
import { openersOf } from '../../src/incidents/openers.js';
import { podOf, podsOf, scopeOf } from '../../src/incidents/scope.js';
import { findWindows } from '../../src/incidents/windows.js';
import type { Case } from '../../src/types/case.js';
import type { Track } from '../../src/types/track.js';
import { noise, track } from '../support/synth.js';

const STEP = 15_000;
const START = 1_700_000_000_000;
const N = 80;

function caseOf(tracks: readonly Track[]): Case {
  const series = tracks.map((one) => one.series);
  const span = { from: START, to: START + N * STEP };
  return { name: 'made', sha256: '', files: [], series, facts: [], events: [], entities: [], span, problems: [] };
}

/** Connections that a pod opens and accepts a second, and those it has in TIME_WAIT; what is left out is not in the dump. */
interface Calls {
  readonly opens?: number;
  readonly accepts?: number;
  readonly waiting?: number;
}

/** A pod whose receive queue piles up and is read late in samples 40–42, or not. */
function pod(name: string, hit: boolean, { opens, accepts, waiting }: Calls): Track[] {
  const random = noise(name.length);
  const labels = { node: 'n1', namespace: 'shop', pod: name };
  const make = (signal: string, kind: 'gauge' | 'counter', one: (i: number) => number): Track =>
    track(
      Array.from({ length: N }, (_, i) => one(i)),
      {
        ...{ step: STEP, start: START, labels, signal, kind },
        unit: signal === 'net.tcp.rx_queue' ? 'bytes' : 'connections',
      },
    );
  const counts = (signal: string, rate: number | undefined): Track[] =>
    rate === undefined ? [] : [make(signal, 'counter', () => random.poisson((rate * STEP) / 1000))];
  return [
    make('net.tcp.rx_queue', 'gauge', (i) => (hit && i >= 40 && i < 43 ? 90_000 : random.uniform() < 0.1 ? 300 : 0)),
    make('net.socket.slow_reads_100ms', 'counter', (i) => (hit && i >= 40 && i < 43 ? random.poisson(60) : 0)),
    ...counts('net.tcp.active_opens', opens),
    ...counts('net.tcp.passive_opens', accepts),
    ...(waiting === undefined ? [] : [make('net.tcp.time_wait', 'gauge', () => waiting + random.poisson(9))]),
  ];
}

const SERVER: Calls = { opens: 0, accepts: 50, waiting: 0 };
const servers = (hit: boolean): Track[] => [...pod('web-0', hit, SERVER), ...pod('web-1', hit, SERVER)];

function affected(tracks: readonly Track[]): readonly (string | undefined)[] {
  const [window] = findWindows(detectAll(tracks), tracks, caseOf(tracks));
  return scopeOf(caseOf(tracks), tracks, window!).affected.map((one) => one.pod);
}

function openers(tracks: readonly Track[]): readonly string[] {
  const pods = podsOf(caseOf(tracks));
  return [...openersOf(tracks, (labels) => podOf(labels, pods))];
}

describe('pods that live by opening connections', () => {
  it.each<[string, Calls, boolean]>([
    ['opens a hundred a second and accepts none', { opens: 100, accepts: 0 }, true],
    ['has thousands in TIME_WAIT and accepted few', { accepts: 1, waiting: 6000 }, true],
    ['accepts as many as it opens', { opens: 100, accepts: 100, waiting: 6000 }, false],
    ['closes the connections that it accepted', { opens: 0, accepts: 100, waiting: 6000 }, false],
    ['opens few', { opens: 5, accepts: 0 }, false],
    ['accepts nobody knows how many', { opens: 100, waiting: 6000 }, false],
  ])('one that %s', (_, calls, is) => {
    expect(openers([...servers(false), ...pod('edge-0', false, calls)])).toEqual(is ? ['edge-0'] : []);
  });
});

describe('who was hit', () => {
  const caller: Calls = { opens: 100, accepts: 0, waiting: 6000 };

  it('is not who calls those that were hit', () => {
    expect(affected([...servers(true), ...pod('edge-0', true, caller)])).toEqual(['web-0', 'web-1']);
  });

  it('is a caller where nobody else was', () => {
    expect(affected([...servers(false), ...pod('edge-0', true, caller)])).toEqual(['edge-0']);
  });

  it('may be one that passes calls on', () => {
    const gateway = { ...caller, accepts: 100 };
    expect(affected([...servers(true), ...pod('edge-0', true, gateway)])).toEqual(['edge-0', 'web-0', 'web-1']);
  });
});
