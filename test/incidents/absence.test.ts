import { describe, expect, it } from 'vitest';
import { absence } from '../../src/incidents/absence.js';
import { autoregressive, laws, noise, track, type NoiseLaw } from '../support/synth.js';

const START = 1_700_000_000_000;
const STEP = 15_000;
const at = (i: number): number => START + i * STEP;
const window = { from: at(30) - 1, to: at(40) - 1 };
const random = noise(1);
const quiet = Array.from({ length: 80 }, () => 100 + random.normal());
const gauge = (values: readonly number[], step = STEP) => track(values, { unit: 'seconds', step });

describe('absence', () => {
  it('tells flat, changed, blind and not collected apart', () => {
    const moved = quiet.map((v, i) => (i >= 30 && i < 40 ? v + 5 : v));
    const empty = quiet.map((v, i) => (i >= 25 && i < 45 ? NaN : v));
    expect(absence(gauge(quiet), window, { relevant: 3 })).toMatchObject({
      state: 'flat',
      samples: 10,
      unit: 'seconds',
    });
    expect(absence(gauge(moved), window, { relevant: 3 }).state).toBe('changed');
    expect(absence(gauge(quiet), window, { relevant: 0.1 })).toMatchObject({ state: 'blind', reason: 'insensitive' });
    expect(absence(gauge(quiet.slice(29, 41)), { from: START, to: at(12) }, { relevant: 3 })).toMatchObject({
      state: 'blind',
      reason: 'no-reference',
    });
    for (const track of [null, gauge([]), gauge(empty), gauge(quiet.slice(0, 20))])
      expect(absence(track, window, { relevant: 3 })).toMatchObject({
        state: 'not-collected',
        samples: 0,
        limits: null,
      });
  });

  it('calls a certain change that does not matter flat', () => {
    const moved = quiet.map((v, i) => (i >= 30 && i < 40 ? v + 1.5 : v));
    expect(absence(gauge(moved), window, { relevant: 0.1 }).state).toBe('changed');
    expect(absence(gauge(moved), window, { relevant: 4 }).state).toBe('flat');
  });

  it('looks at one side where the other does not matter', () => {
    const fell = quiet.map((v, i) => (i >= 30 && i < 40 ? v - 5 : v));
    expect(absence(gauge(fell), window, { relevant: 3, direction: 'up' }).state).toBe('flat');
    expect(absence(gauge(fell), window, { relevant: 3, direction: 'down' }).state).toBe('changed');
  });

  it('is blind to an event that fits between two samples, and less sure of a short one than of a long one', () => {
    expect(absence(gauge(quiet), window, { relevant: 3, eventLength: 10_000 })).toMatchObject({
      state: 'blind',
      reason: 'unseen',
    });
    const width = (eventLength: number): number => {
      const [low, high] = absence(gauge(quiet), window, { relevant: 3, eventLength }).limits!;
      return high - low;
    };
    expect(width(STEP)).toBeGreaterThan(1.5 * width(10 * STEP));
    const holed = quiet.map((v, i) => (i >= 33 && i < 38 ? NaN : v));
    expect(absence(gauge(holed), window, { relevant: 9, eventLength: 4 * STEP }).reason).toBe('unseen');
    expect(absence(gauge(holed), window, { relevant: 9, eventLength: 7 * STEP }).state).toBe('flat');
  });

  it('finds a short event wherever it lies in the window', () => {
    for (let k = 30; k < 38; k++) {
      const moved = quiet.map((v, i) => (i === k || i === k + 1 ? v + 8 : v));
      expect(absence(gauge(moved), window, { relevant: 6, eventLength: 2 * STEP }).state, String(k)).toBe('changed');
    }
  });

  it('knows that an interval of a counter thins an event that is shorter', () => {
    const counts = Array.from({ length: 60 }, () => random.poisson(20));
    const counter = track(counts, { kind: 'counter', unit: 'segments', step: 60_000 });
    const span = { from: START + 30 * 60_000, to: START + 31 * 60_000 };
    const whole = absence(counter, span, { relevant: 1 });
    const short = absence(counter, span, { relevant: 1, eventLength: 10_000 });
    expect(short.limits![1]).toBeGreaterThan(4 * whole.limits![1]);
    expect(short.unit).toBe('segments/second');
  });

  it('refuses questions without an answer', () => {
    expect(() => absence(gauge(quiet), window, { relevant: 0 })).toThrow(RangeError);
    expect(() => absence(gauge(quiet), { from: 5, to: 5 }, { relevant: 1 })).toThrow(RangeError);
  });

  // flat must not be said of a change that matters in more than 5 %; 200 series each, three errors of slack
  it.each([...laws, autoregressive(0.7)].map((law) => [law.name, law] as const))('is honest under %s', (_, law) => {
    const size = 2 * law.sd;
    let wrong = 0;
    for (let seed = 0; seed < 200; seed++)
      if (
        absence(withChange(law, seed, size), spanOf(law), { relevant: rateOf(law, size), direction: 'up' }).state ===
        'flat'
      )
        wrong++;
    expect(wrong / 200).toBeLessThanOrEqual(0.05 + 0.046);
  });
});

const rateOf = (law: NoiseLaw, size: number): number => (law.kind === 'counter' ? (size * 1000) / STEP : size);

function spanOf(law: NoiseLaw) {
  return law.kind === 'counter' ? { from: at(60), to: at(64) } : { from: at(60) - 1, to: at(64) - 1 };
}

/** 120 samples of a law, four of them raised by `size`. */
function withChange(law: NoiseLaw, seed: number, size: number) {
  const draws = noise(seed * 31 + 5);
  const values = law.draw(120, draws, STEP).map((v, i) => {
    if (i < 60 || i >= 64) return v;
    if (law.kind === 'counter') return v + draws.poisson(size);
    return v + (law.unit === 'seconds' ? size : Math.floor(size + draws.uniform()));
  });
  return track(values, { kind: law.kind, unit: law.unit, step: STEP, start: START });
}
