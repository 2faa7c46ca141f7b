import { beforeAll, describe, expect, it } from 'vitest';
import { recognise } from '../../src/artefacts/recognise.js';
import { inquireCase } from '../../src/inquire.js';
import { preferred } from '../../src/series/prefer.js';
import type { ArtefactKind } from '../../src/types/artefact.js';
import type { Case } from '../../src/types/case.js';
import type { Incident } from '../../src/types/diagnosis.js';
import type { Series } from '../../src/types/series.js';
import { blank, clockStep, doubled, hole, relabelled, restart, type Target } from '../support/artefacts.js';
import { faults } from '../support/faults.js';
import { simulate, START } from '../support/simulate.js';

type Change = (series: readonly Series[], at: number) => Series[];

const everything: Target<Series> = () => true;
const onNode: Target<Series> = ({ labels }) => labels['node'] === 'n1';
const MINUTE = 60_000;

/** The same node by another name, as a relabelling rule makes it. */
function copied(series: readonly Series[]): Series[] {
  return series.flatMap((one) => {
    if (!onNode(one)) return [one];
    const labels = { ...one.labels, node: 'relabelled', ...(one.labels['pod'] && { pod: `x-${one.labels['pod']}` }) };
    return [one, { ...one, labels, key: `${one.key} again` }];
  });
}

/** Artefacts, and the kind each must be recognised as. */
const artefacts: readonly (readonly [string, ArtefactKind | null, Change])[] = [
  ['an exporter restart', 'restart', (series, at) => restart(series, onNode, at)],
  ['restarts everywhere', 'restart', (series, at) => restart(series, everything, at)],
  ['a scrape that reads zeros', 'misread', (series, at) => blank(series, onNode, at)],
  ['two minutes without scrapes', 'missed', (series, at) => hole(series, everything, at - 2 * MINUTE, at)],
  ['half a minute without scrapes', 'missed', (series, at) => hole(series, onNode, at - 30_000, at)],
  ['a clock set forward by 37 s', 'clock-step', (series, at) => clockStep(series, onNode, at, 37_000)],
  ['a clock set back by an hour', 'clock-step', (series, at) => clockStep(series, onNode, at, -60 * MINUTE)],
  ['a clock set back by 37 s', 'clock-step', (series, at) => clockStep(series, onNode, at, -37_300)],
  ['copies under other names', 'copy', copied],
  ['copies of another job', null, (series) => doubled(series, onNode, { job: 'second' })],
  ['other labels from some time on', null, (series, at) => relabelled(series, onNode, at, { job: 'second' })],
  [
    'several at once',
    'restart',
    (series, at) => copied(hole(restart(series, onNode, at), everything, at + 20_000, at + 50_000)),
  ],
];

const withSeries = (of: Case, series: readonly Series[]): Case => {
  const times = series.flatMap(({ time }) => (time.length > 1 ? [time[0]!, time.at(-1)!] : []));
  const from = times.reduce((a, b) => Math.min(a, b));
  const to = times.reduce((a, b) => Math.max(a, b));
  return { ...of, series, span: { from, to } };
};

/** Counters of a machine that has been up for a while: none stands at zero, and its four CPUs are always accounted for. */
function grown(of: Case): Case {
  const parts = ['idle', 'system', 'iowait', 'softirq'].map((part) => `cpu.node.${part}`);
  const users = of.series
    .filter(({ signal }) => signal === 'cpu.node.idle')
    .map((idle): Series => {
      const own = of.series.filter(({ signal, labels }) => parts.includes(signal) && labels['node'] === idle.labels['node']); // prettier-ignore
      const spent = (i: number): number => own.reduce((sum, { value }) => sum + value[i]!, 0);
      const value = idle.value.map((_, i) => 4 * ((idle.time[i]! - START) / 1000) - spent(i));
      return { ...idle, signal: 'cpu.node.user', key: idle.key.replace('idle', 'user'), value };
    });
  const series = [...of.series, ...users].map((one) =>
    one.kind === 'counter' ? { ...one, value: one.value.map((x) => x + 25_000) } : one,
  );
  return { ...of, series };
}

describe.each([1, 2])('artefacts in a healthy recording, seed %i', (seed) => {
  let healthy: Case;
  beforeAll(() => {
    healthy = grown(simulate({ length: 420, step: 2 }, seed));
  });

  it('has none of its own', () => {
    expect(recognise(preferred(healthy)).artefacts).toEqual([]);
  });

  it.each(artefacts)('%s: recognised, and blamed on no cause', (_, kind, change) => {
    const spoilt = withSeries(healthy, change(healthy.series, START + 240_000 + 700 * seed));
    const { diagnosis, findings } = inquireCase(spoilt);
    expect(diagnosis.incidents.filter(({ verdict }) => verdict !== 'benign')).toEqual([]);
    if (kind !== null) expect(diagnosis.artefacts.map((one) => one.kind)).toContain(kind);
    const known = new Set(findings.map(({ id }) => id));
    for (const artefact of diagnosis.artefacts) {
      for (const id of artefact.findings) expect(known.has(id)).toBe(true);
      expect(artefact.sources.length).toBeGreaterThan(0);
      if (kind === 'restart' && artefact.kind === 'restart') expect(artefact.findings.length).toBeGreaterThan(0);
    }
  });
});

describe('artefacts beside a real incident', () => {
  const LEADS = ['numa-balancing', 'packet-loss'] as const;
  const diagnose = (of: Case): Incident | undefined => inquireCase(of).diagnosis.incidents[0];

  describe.each(LEADS)('%s', (cause) => {
    let recorded: Case;
    beforeAll(() => {
      recorded = grown(simulate({ ...faults[cause]!, length: 420 }, 5));
      expect(diagnose(recorded)?.hypotheses[0]?.cause).toBe(cause);
    });

    it.each(artefacts)('%s: the true cause stays first', (_, __, change) => {
      // after the fault, so that its own samples are whole
      const spoilt = withSeries(recorded, change(recorded.series, START + 340_000));
      const first = diagnose(spoilt)?.hypotheses[0];
      expect(first?.cause).toBe(cause);
      expect(first?.verdict).not.toBe('excluded');
    });
  });
});

describe('a clock that was set back in one file', () => {
  it('is put right by the order of the lines', () => {
    const of = grown(simulate({ length: 300 }, 1));
    const lined = of.series.map((one) => ({
      ...one,
      source: { ...one.source, file: 'log.csv' },
      origin: { files: ['log.csv'], file: 0, line: Uint32Array.from(one.time.keys(), (i) => i + 2) },
    }));
    const spoilt = clockStep(lined, everything, START + 150_000, -37_300);
    const { artefacts: found, tracks } = recognise(spoilt);
    expect(found).toMatchObject([{ kind: 'clock-step', corrected: true, target: 'log.csv' }]);
    expect(found[0]!.step).toBeCloseTo(-37_300, -3);
    const straight = recognise(lined).tracks;
    tracks.forEach((track, i) => expect(track.value).toEqual(straight[i]!.value));
  });
});
