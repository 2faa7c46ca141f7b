/** Artefacts of the measuring put into real recordings: healthy ones stay healthy, true causes stay first. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { openDump } from '../../src/dump/node.js';
import { importDump } from '../../src/import.js';
import { inquireCase } from '../../src/inquire.js';
import type { ForeignSeries, Imported } from '../../src/series/foreign.js';
import { prepare } from '../../src/series/prepare.js';
import type { Diagnosis } from '../../src/types/diagnosis.js';
import { blank, clockStep, doubled, hole, relabelled, restart, type Target } from '../support/artefacts.js';

const CASES = fileURLToPath(new URL('../../../shared/cases', import.meta.url));
const present = existsSync(CASES);
if (!present) console.log('artefacts in recorded incidents skipped: no ../shared/cases');

type Collected = Target<ForeignSeries>;
type Change = (series: readonly ForeignSeries[], at: number) => ForeignSeries[];

const all: Collected = () => true;
const exporter: Collected = ({ name, importer }) => name.startsWith('kubeskoop_') || importer.startsWith('proc-');

/** The exporter's pods by another name. */
function renamed(series: readonly ForeignSeries[]): ForeignSeries[] {
  return series.flatMap((one) => {
    const pod = one.labels['k8s_pod'];
    return pod === undefined ? [one] : [one, { ...one, labels: { ...one.labels, k8s_pod: `net-exporter-of-${pod}` } }];
  });
}

const changes: readonly (readonly [string, Change])[] = [
  ['an exporter restart', (series, at) => restart(series, exporter, at)],
  ['restarts of every exporter', (series, at) => restart(series, all, at)],
  ['a scrape that reads zeros', (series, at) => blank(series, exporter, at)],
  ['scrapes missing for 40 s', (series, at) => hole(series, all, at - 40_000, at)],
  ['a clock set forward by 37 s', (series, at) => clockStep(series, all, at, 37_000)],
  ['a clock set back by an hour', (series, at) => clockStep(series, all, at, -3_600_000)],
  ['a second job', (series) => doubled(series, all, { job: 'second', instance: '10.1.1.1:9' })],
  ['copies under other names', renamed],
  ['another address from some time on', (series, at) => relabelled(series, exporter, at, { instance: '10.1.1.1:9' })],
  ['several at once', (series, at) => renamed(hole(restart(series, exporter, at), all, at - 40_000, at - 10_000))],
];

async function read(name: string, view: string): Promise<Imported> {
  return importDump(await openDump(`${CASES}/${name}/dump/${view}`));
}

/** A recording with an artefact at a share of its length. */
function diagnose(imported: Imported, change: Change, share: number): Diagnosis {
  const { from, to } = prepare(imported).span;
  const series = change(imported.series, Math.round(from + share * (to - from)));
  return inquireCase(prepare({ ...imported, series })).diagnosis;
}

describe.skipIf(!present)('artefacts in recordings', () => {
  describe.each([
    ['none-1', 'metrics'],
    ['none-2', 'metrics'],
    ['none-1', ''],
  ])('%s %s, healthy', (name, view) => {
    let imported: Imported;
    beforeAll(async () => {
      imported = await read(name, view);
    });
    it.each(changes)('%s: nothing is blamed', (_, change) => {
      const { incidents } = diagnose(imported, change, 0.5);
      expect(incidents.filter(({ verdict }) => verdict !== 'benign')).toEqual([]);
    });
  });

  describe.each(['numa-balancing-2', 'disk-stall-1', 'packet-loss-1'])('%s, metrics', (name) => {
    let imported: Imported;
    beforeAll(async () => {
      imported = await read(name, 'metrics');
    });
    it.each(changes)('%s: the true cause stays first', (_, change) => {
      const [first] = diagnose(imported, change, 0.45).incidents;
      expect(first?.hypotheses[0]?.cause).toBe(name.replace(/-\d$/, ''));
      expect(first?.hypotheses[0]?.verdict).not.toBe('excluded');
    });
  });
});
