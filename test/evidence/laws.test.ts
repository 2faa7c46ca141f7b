import { beforeAll, describe, expect, it } from 'vitest';
import { openDump } from '../../src/dump/node.js';
import { importDump } from '../../src/import.js';
import { inquireCase } from '../../src/inquire.js';
import { prepare } from '../../src/series/prepare.js';
import type { Case } from '../../src/types/case.js';
import type { Evidence, Incident } from '../../src/types/diagnosis.js';
import type { Series } from '../../src/types/series.js';
import { madeUp } from '../support/laws.js';
import { renamed, shifted, without } from '../support/reshape.js';

let whole: Case;
let incident: Incident;
const window = (): { from: number; to: number } => ({ from: incident.window.from, to: incident.window.to });

function diagnose(of: Case, options: { from?: number; to?: number } = {}): Incident {
  const found = inquireCase(of, options).diagnosis.incidents[0];
  expect(found).toBeDefined();
  return found!;
}

function evidenceOf(of: Incident): Map<string, Evidence> {
  return new Map(
    of.hypotheses.flatMap(({ cause, evidence }) => evidence.map((e) => [`${cause}/${e.clue}`, e] as const)),
  );
}

const weightsOf = (of: Incident): Record<string, number> =>
  Object.fromEntries(of.hypotheses.map((h) => [h.cause, h.weight]));

/** Letters exchanged one for one: what a name is built of stays, what it says does not. */
const rotated = (letter: string): string => String.fromCharCode(((letter.charCodeAt(0) - 97 + 13) % 26) + 97);

beforeAll(async () => {
  whole = prepare(await importDump(await openDump(['data/reference-incident/dump'])));
  incident = diagnose(whole);
});

describe('laws of the diagnosis, on the bundled incident', () => {
  it('probabilities add up to one and "unknown" is among the hypotheses', () => {
    expect(incident.hypotheses.reduce((sum, h) => sum + h.probability, 0)).toBeCloseTo(1, 9);
    expect(incident.hypotheses.some((h) => h.cause === 'unknown')).toBe(true);
  });

  it('removing what feeds a clue turns it to unknown, never to against', () => {
    const before = evidenceOf(diagnose(whole, window()));
    for (const signal of [
      'numa.node.pages_migrated',
      'net.tcp.rx_queue',
      'pressure.node.cpu.some',
      'net.tcp.retransmits',
    ]) {
      const after = evidenceOf(diagnose(without(whole, new Set([signal])), window()));
      for (const [key, evidence] of before) {
        if (evidence.signal === signal) expect(after.get(key)?.verdict, `${key} without ${signal}`).toBe('unknown');
      }
    }
  });

  it('shifting all clocks changes nothing', () => {
    expect(weightsOf(diagnose(shifted(whole, 86_400_000 * 365)))).toEqual(weightsOf(incident));
  });

  it('renaming pods, nodes and namespaces changes nothing', () => {
    const other = renamed(whole, (value) => value.replace(/[a-z]/g, rotated));
    expect(weightsOf(diagnose(other))).toEqual(weightsOf(incident));
  });

  it('adding unrelated series changes no weight', () => {
    const noise = (k: number): Series => {
      const model = whole.series.find((series) => series.time.length > 100)!;
      const value = model.value.map((_, i) => 50 + Math.sin(i * (1.3 + k)) + ((i * 7919 * (k + 3)) % 13));
      const labels = { pod: `stranger-${k}` };
      return {
        ...model,
        key: `raw:noise_${k}`,
        signal: `raw:noise_${k}`,
        kind: 'gauge',
        unit: 'unknown',
        labels,
        value,
      };
    };
    const more = { ...whole, series: [...whole.series, ...Array.from({ length: 20 }, (_, k) => noise(k))] };
    expect(weightsOf(diagnose(more, window()))).toEqual(weightsOf(diagnose(whole, window())));
  });

  it.each([2, 3, 5, 7, 10, 15])('every %d. sample alone turns nothing against a cause', (keep) => {
    const given = diagnose(whole, window());
    const firsts = [...new Set([0, 1, Math.floor(keep / 2), keep - 1])];
    expect(firsts.flatMap((first) => madeUp(whole, given, keep, first))).toEqual([]);
  });
});
