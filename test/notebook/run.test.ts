import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runNotebook } from '../../src/notebook/run.js';
import { postmortem } from '../../src/notebook/templates/postmortem.js';
import { sections } from '../../src/notebook/sections/all.js';
import { createText } from '../../src/text/text.js';
import type { Cell } from '../../src/types/notebook.js';
import { hostileNames, knowledge, makeInquiry, plainNames } from '../support/inquiry.js';

const text = createText('en', knowledge);
const flat = (cells: readonly Cell[]): Cell[] =>
  cells.flatMap((c) => (c.type === 'details' ? [c, ...flat(c.cells)] : [c]));
const run = (source: string, inquiry = makeInquiry(), javascript = false): readonly Cell[] =>
  runNotebook(source, inquiry, text, { javascript }).cells;

describe('the built-in notebook', () => {
  it('uses every section, and the barrel holds every file', () => {
    const files = readdirSync(new URL('../../src/notebook/sections', import.meta.url)).map((f) => f.replace('.ts', ''));
    expect(Array.from(sections.keys()).sort()).toEqual(files.filter((f) => f !== 'index' && f !== 'all').sort());
    for (const id of sections.keys()) expect(postmortem).toContain(`::: ${id}\n`);
    expect(postmortem).not.toMatch(/```(?:js|javascript)/);
  });

  it.each([0, 1, 3])('gives every cell an id of its own with %d incidents', (n) => {
    for (const names of [plainNames, hostileNames]) {
      const ids = flat(run(postmortem, makeInquiry(names, n))).map((c) => c.id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(/^[\w.-]+$/);
    }
  });

  it('says so when nothing happened, and draws no causes', () => {
    const cells = run(postmortem, makeInquiry(plainNames, 0));
    expect(cells.some((c) => c.type === 'markdown' && c.text.includes('No incident found'))).toBe(true);
    expect(cells.some((c) => c.id.includes('hypothes'))).toBe(false);
  });

  it('does not call it quiet where nothing was measured over time', () => {
    const inquiry = makeInquiry(plainNames, 0);
    const diagnosis = { ...inquiry.diagnosis, dump: { ...inquiry.diagnosis.dump, series: 0, samples: 0, facts: 7 } };
    const said = JSON.stringify(run(postmortem, { ...inquiry, diagnosis }).slice(0, 3));
    expect(said).toContain('No incident could be looked for');
    expect(said).toContain('7 facts');
    expect(said).not.toContain('No incident found');
    expect(said).not.toContain('data from');
  });

  it('names the cause, the window, the affected, the exclusion with its numbers, and the next measurement', () => {
    const said = JSON.stringify(run(postmortem)).replaceAll('\u00a0', ' ');
    for (const part of [
      'Probable cause: NUMA page migration',
      '`checkout-0` and `cart-1`',
      '08:05:00',
      'Disk stall',
      '0.2 ms/s',
      '4 ms/s',
      '/proc/vmstat',
      'sysctl -w kernel.numa_balancing=0',
      '+720, −1020',
    ])
      expect(said).toContain(part);
  });

  it('says in its first paragraph what was felt, and never the same line of numbers twice among the readings', () => {
    const inquiry = makeInquiry();
    const incident = inquiry.diagnosis.incidents[0]!;
    const seen = { signal1: 'app.latency.p99', state1: 'up', change1: 0.5, mde1: 0.01, baseline1: 0.02, peak1: 1.5, unit1: 'seconds' }; // prettier-ignore
    const reading = { ...incident.readings[0]!, verdict: 'for' as const, args: seen };
    const readings = [{ ...reading, id: 'clients-hurt' }, reading];
    const diagnosis = { ...inquiry.diagnosis, incidents: [{ ...incident, readings }] };
    const cells = flat(run(postmortem, { ...inquiry, diagnosis })).map((c) =>
      JSON.stringify(c).replaceAll('\u00a0', ' '),
    );
    const line = 'p99 latency rose from 20 ms to a peak of 1.5 s, by 500 ms on average';
    expect(cells.find((c) => c.includes('"verdict-1"'))).toContain(`Clients felt it: ${line}.`);
    expect(cells.find((c) => c.includes('"reading-1"'))).toContain(line.replace('latency', 'latency:'));
    expect(cells.find((c) => c.includes('"reading-2"'))).toContain('p99 latency: as in step 1');
  });

  it('names the equals of the likeliest cause where nothing leads, and says which of several incidents comes first', () => {
    const inquiry = makeInquiry(plainNames, 3);
    const [first, ...others] = inquiry.diagnosis.incidents;
    const alike = first!.hypotheses.map((h, i) => ({ ...h, probability: i < 2 ? 0.2 : 0.01, verdict: 'possible' as const })); // prettier-ignore
    const incidents = [{ ...first!, verdict: 'inconclusive' as const, hypotheses: alike }, ...others];
    const cells = run(postmortem, { ...inquiry, diagnosis: { ...inquiry.diagnosis, incidents } }).map((c) => JSON.stringify(c)); // prettier-ignore
    const said = cells.find((c) => c.includes('"verdict-1"'))!.replaceAll('\u00a0', ' ');
    expect(said).toContain(`About as likely: ${text.cause(alike[1]!.cause)} (20 %).`);
    expect(said).not.toContain('This rests on');
    expect(cells.find((c) => c.includes('"id":"verdict"'))).toContain(
      '3 incidents were found; the gravest comes first.',
    );
  });

  it('without a reading about clients the findings of symptoms tell what was felt', () => {
    const cells = JSON.stringify(run(postmortem).find((c) => c.id === 'verdict-1'));
    expect(cells).toMatch(/It showed in this: .* rose from .* to a peak of /);
  });

  it('speaks of dose and effect as the pods tell it: never of a tendency the other way round', () => {
    const inquiry = makeInquiry();
    const [incident] = inquiry.diagnosis.incidents;
    const said = (tau: number, p: number): string => {
      const scope = { ...incident!.scope, dose: { by: 'app.requests', tau, p, n: 4 } };
      const diagnosis = { ...inquiry.diagnosis, incidents: [{ ...incident!, scope }] };
      return JSON.stringify(run(postmortem, { ...inquiry, diagnosis }).find((c) => c.id === 'scope'));
    };
    expect(said(0.9, 0.01)).toContain('The effect follows the dose');
    expect(said(0.9, 0.17)).toContain('tends to follow the dose');
    expect(said(-0.33, 0.75)).toContain('does not follow the dose');
    expect(said(-0.9, 0.01)).toContain('does not follow the dose');
  });

  it('tells which pods were replaced or restarted around it, hostile names escaped', () => {
    for (const names of [plainNames, hostileNames]) {
      const inquiry = makeInquiry(names);
      const { from, to } = inquiry.diagnosis.incidents[0]!.window;
      const source = { file: names.file, importer: 'kubectl-json', line: 3 };
      const event = (kind: string, time: number, labels: Record<string, string>) => ({ kind, time, labels, message: '', source }); // prettier-ignore
      const events = [
        event('pod.replaced', from - 10_000, { pod: names.hit[0]!, replaced_by: names.hit[1]! }),
        event('pod.restarted', (from + to) / 2, { pod: names.clean[0]! }),
        event('pod.restarted', from - 3 * 86_400_000, { pod: 'long-ago' }),
      ];
      const of = { ...inquiry, case: { ...inquiry.case, events } };
      const scope = flat(run(postmortem, of)).find((c) => c.id === 'scope')!;
      const said = JSON.stringify(scope);
      expect(said).not.toContain('long-ago');
      expect(said).toContain('(during it)');
      expect(said).toContain('UTC (before the incident)');
      if (names === plainNames)
        expect(said).toContain('`checkout-0` was replaced by `cart-1` at 08:04:50 UTC (before the incident)');
      expect(JSON.stringify(scope.cites)).toContain('"line":3');
    }
  });

  it('draws each signal once among the readings, and folds the pictures of what stood still', () => {
    const cells = run(postmortem);
    const charts = flat(cells).filter((c) => /^reading-\d+-chart$/.test(c.id));
    const alts = charts.map((c) => (c.type === 'chart' ? c.alt.replace(/^Step \d+: /, '') : ''));
    expect(new Set(alts).size).toBe(alts.length);
    for (const cell of cells.filter((c) => c.id.endsWith('-chart-folded')))
      expect(cell).toMatchObject({ type: 'details', summary: expect.stringContaining('did not move') as string });
  });

  it('every number in a table or sentence about signals has its source', () => {
    const cells = flat(run(postmortem));
    const reading = cells.find((c) => c.id === 'reading-1');
    expect(reading?.cites?.[0]).toMatchObject({ file: 'metrics/rxqueue.json', line: 61 });
    const exclusions = cells.find((c) => c.id === 'exclusions-table');
    expect(JSON.stringify(exclusions)).toContain('"line":61');
  });
});

describe('clocks', () => {
  it('what was inferred, assumed or corrected stands on the first page, why in the appendix', () => {
    const cells = flat(run(postmortem));
    const top = JSON.stringify(cells.find((c) => c.id === 'coverage')).replaceAll('\u00a0', ' ');
    expect(top).toContain('In 2 files local times were read as Asia/Shanghai: inferred');
    expect(top).toContain('In 1 file local times were read as UTC: **assumed**');
    expect(top).toContain('ran 42 s apart');
    const table = JSON.stringify(cells.find((c) => c.id === 'appendix-clocks-table')).replaceAll('\u00a0', ' ');
    for (const part of [
      '158 of 160 values equal',
      'next best Asia/Tokyo (2 % equal',
      '−8 h',
      'since boot, boot time known',
      '+42 s (± 0.5 s) against metrics/a.json',
    ])
      expect(table).toContain(part);
  });
});

describe('notebooks of the reader', () => {
  it('charts and tables by YAML', () => {
    const cells = run(
      '```inquest chart\nsignal: [net.tcp.rx_queue, net.tcp.tx_queue]\ntitle: Queues\n```\n\n```inquest table\nsignal: net.tcp.rx_queue\nrows: 3\n```',
    );
    expect(cells.map((c) => c.type)).toEqual(['chart', 'table']);
    expect((cells[1] as unknown as { rows: unknown[] }).rows).toHaveLength(3);
  });

  it('JavaScript cells run only where allowed, and show their last value', () => {
    expect(() => run('```js\n1\n```')).toThrow(/JavaScript cells run only/);
    const cells = run(
      '```js\nconst t = table("net.tcp.rx_queue"); t.slice(0, 2)\n```\n\n```js\nincidents.length + 41\n```\n\n```js\nfindings.map((f) => ({ id: f.id, z: f.strength }))\n```\n\n```js\nchart({ mark: "bar", data: { values: [] }, description: "none" })\n```\n\n```js\nconst quiet = 1;\n```',
      makeInquiry(),
      true,
    );
    expect(cells.map((c) => c.type)).toEqual(['table', 'command', 'table', 'chart']);
    expect((cells[1] as { text: string }).text).toBe('42');
  });

  it.each([
    ['::: nonsense', /line 1: no section "nonsense"; known: /],
    [':::: pages\n::::', /expected ":::: incidents"/],
    ['```inquest pie\n```', /expected "inquest chart"/],
    ['```inquest chart\ntitle: x\n```', /expected "signal: id"/],
    ['\n\n```js\nnope()\n```', /line 3: ReferenceError: nope is not defined/],
  ])('says what is wrong with %j', (source, message) => {
    expect(() => run(source, makeInquiry(), true)).toThrow(message);
  });
});
