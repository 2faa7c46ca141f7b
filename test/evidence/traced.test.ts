/** Every statement about the bundled incident leads to finding, file and line; every number of the report to the JSON. */
import { beforeAll, describe, expect, it } from 'vitest';
import { openDump } from '../../src/dump/node.js';
import { inquire } from '../../src/inquire.js';
import { renderNotebook } from '../../src/report.js';
import type { Inquiry } from '../../src/types/inquiry.js';
import { strangers } from '../support/numbers.js';
import { lineCounts, untraced } from '../support/traced.js';

const DUMP = ['data/reference-incident/dump'];

describe('the bundled incident', () => {
  let inquiry: Inquiry;
  let lines: ReadonlyMap<string, number>;
  beforeAll(async () => {
    inquiry = await inquire(await openDump(DUMP));
    lines = await lineCounts(await openDump(DUMP));
  });

  it('states nothing that leads nowhere', () => {
    expect(untraced(inquiry.diagnosis, lines)).toEqual([]);
  });

  it('would be found out: a cut file, a lost finding, a clue without source', () => {
    const { diagnosis } = inquiry;
    const cut = new Map(Array.from(lines, ([path]) => [path, 0]));
    expect(untraced(diagnosis, cut).length).toBeGreaterThan(0);
    expect(untraced({ ...diagnosis, findings: [] }, lines).length).toBeGreaterThan(0);
    const [first, ...rest] = diagnosis.incidents;
    const bare = first!.hypotheses.map((h) => ({ ...h, evidence: h.evidence.map((e) => ({ ...e, sources: [] })) }));
    expect(untraced({ ...diagnosis, incidents: [{ ...first!, hypotheses: bare }, ...rest] }, lines)).not.toEqual([]);
  });

  it.each(['en', 'zh'] as const)('every number of the %s report stands in the JSON', async (lang) => {
    const markdown = await renderNotebook(inquiry, { format: 'md', lang });
    expect(strangers(markdown, inquiry.diagnosis)).toEqual([]);
    // a number from nowhere would be found out
    const [first, ...rest] = inquiry.diagnosis.incidents;
    const other = first!.hypotheses.map((h) => ({ ...h, evidence: [], probability: h.probability / 3 }));
    const foreign = { ...inquiry.diagnosis, incidents: [{ ...first!, hypotheses: other, readings: [] }, ...rest] };
    expect(strangers(markdown, foreign)).not.toEqual([]);
  });
});
