/** Every expectation that the corpus states for tables and Grafana's JSON, through the public path. */
import { describe, expect, it } from 'vitest';
import { framesIn } from '../../src/grafana/frames.js';
import { parseExpression } from '../../src/series/expression.js';
import type { TextForm } from '../../src/types/dump.js';
import { detectDialect } from '../../src/table/dialect.js';
import { frameHead } from '../../src/table/frame.js';
import { columnName } from '../../src/table/names.js';
import { readRecords, type TableRecord } from '../../src/table/records.js';
import { readTime } from '../../src/table/times.js';
import { openFile } from '../support/check-import.js';
import {
  corpusFiles,
  corpusText,
  hasCorpus,
  importCorpus,
  Tally,
  type CorpusFile,
  type CorpusImport,
  type Expectation,
  type Outcome,
} from '../support/corpus.js';

const FORMATS = [
  'csv-timeseries',
  'grafana-csv',
  'grafana-dataframe-json',
  'grafana-dashboard-json',
  'tshark-csv',
  'trace-csv-nezha',
  'log-csv-nezha',
];

const is = (ok: boolean, found: unknown): Outcome => (ok ? { met: true } : { met: false, found });
const none = (why: string): Outcome => ({ met: null, why });
const same = (a: unknown, b: unknown): Outcome => is(JSON.stringify(a) === JSON.stringify(b), a);
const near = (a: number | undefined, b: number): boolean =>
  a !== undefined && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));

interface Table {
  readonly delimiter: string;
  readonly stated: boolean;
  readonly header: readonly string[];
  readonly top: readonly TableRecord[];
  readonly rows: readonly TableRecord[];
}

/** The table of a file as our own layer splits it. */
async function tableOf(entry: CorpusFile): Promise<Table> {
  const file = await openFile(entry.file, corpusText(entry));
  const dialect = detectDialect(file.head.lines);
  const records: TableRecord[] = [];
  for await (const block of readRecords(file.lines(), dialect, () => undefined)) records.push(...block);
  const full = records.filter(({ cells }) => cells.length > 0);
  const head = frameHead(full.slice(0, 20));
  const { delimiter, skip } = dialect;
  return { delimiter, stated: skip > 0, header: head.header, top: full, rows: full.slice(head.skip) };
}

/** Epoch ms of an expected time: seconds, a date without a zone (as if UTC), or ISO. */
function timeOf(value: unknown): number {
  if (typeof value === 'number') return value > 1e11 ? value : value * 1000;
  return readTime(String(value), null)?.time ?? Number.NaN;
}

function sampleAt(got: CorpusImport, time: number, name?: string): number | undefined {
  for (const one of got.imported.series) {
    if (name !== undefined && one.name !== name && Object.values(one.labels).every((label) => label !== name)) continue;
    const at = one.time.findIndex((t) => Math.abs(t - time) < 0.6);
    if (at >= 0) return one.value[at];
  }
  return undefined;
}

function judgeSample(expected: Expectation, got: CorpusImport): Outcome {
  const time = timeOf(expected['time_ms'] ?? expected['time']);
  const name = expected['series'] as string | undefined;
  const found = sampleAt(got, time, name);
  if (expected['value'] === null) return is(found === undefined || Number.isNaN(found), found);
  return is(near(found, Number(expected['value'])), found);
}

/** `{row, value, unit}`: the n-th row, its value brought to base units by the unit beside it. */
function judgeRow(expected: Expectation, got: CorpusImport, table: Table): Outcome {
  const row = table.rows[Number(expected['row'])]!;
  const time = timeOf(expected['time'] ?? row.cells[0]);
  if (expected['metric1'] !== undefined)
    return is(
      ['metric1', 'metric2'].every((name) => near(got.value(name, {}, time), Number(expected[name]))),
      ['metric1', 'metric2'].map((name) => got.value(name, {}, time)),
    );
  if (expected['evidence'] !== undefined) {
    const own = got.imported.series.find(({ labels }) => labels['row'] === String(Number(expected['row']) + 1));
    return is(
      own !== undefined && near(own.value[0], Number(expected['value'])) && own.time[0] === time,
      own?.value[0],
    );
  }
  const found = sampleAt(got, time);
  if (expected['value'] === null) return is(found === undefined, found);
  const factor = expected['unit'] === '%' ? 0.01 : 1;
  return is(near(found, Number(expected['value']) * factor), found);
}

function stepsOf(times: readonly number[]): Map<string, number> {
  const steps = new Map<string, number>();
  for (let i = 1; i < times.length; i++) {
    const step = ((times[i]! - times[i - 1]!) / 1000).toFixed(1);
    steps.set(step, (steps.get(step) ?? 0) + 1);
  }
  return steps;
}

function timesOf(table: Table): number[] {
  const index = table.header.findIndex((name) => /^(time|timestamp|时间)$/i.test(name));
  return table.rows.map(({ cells }) => readTime(cells[Math.max(0, index)] ?? '', null)?.time ?? Number.NaN);
}

type FactJudge = (value: unknown, got: CorpusImport, table: Table, entry: CorpusFile) => Outcome;

const cellsOf = (row: TableRecord | undefined): readonly string[] => row?.cells ?? [];
const starts = (cells: readonly string[], wanted: unknown): Outcome =>
  typeof wanted === 'string'
    ? is(cells.join(',') === wanted, cells.join(','))
    : same(cells.slice(0, (wanted as unknown[]).length), wanted);

const FACTS: Readonly<Record<string, FactJudge>> = {
  delimiter: (value, _, table) => same(table.delimiter, value),
  'sep= directive': (value, _, table) => is(table.stated === (value !== null), table.stated),
  header: (value, _, table) =>
    typeof value === 'string' ? is(table.top[0]!.cells.join(',') === value, table.top[0]!.cells) : same(table.header, value), // prettier-ignore
  'header rows': (value, _, table) => same(table.top.slice(0, (value as unknown[]).length).map(({ cells }) => cells[0]), value), // prettier-ignore
  // a data frame's own columns: its index is not one of them
  columns: (value, _, table, entry) => same(table.header.length - (entry.file.includes('petshop') ? 1 : 0), value),
  'data rows': (value, _, table) => same(table.rows.length, value),
  rows: (value, _, table) => same(table.rows.length, value),
  records: (value, got, table) => same([table.rows.length, got.imported.events.length], [value, value]),
  'first data row': (value, _, table) => starts(cellsOf(table.rows[0]), value),
  'first data row start': (value, _, table) => starts(cellsOf(table.rows[0]), value),
  'first row': (value, _, table) => starts(cellsOf(table.rows[0]), value),
  'last data row': (value, _, table) => starts(cellsOf(table.rows.at(-1)), value),
  // a table without times: split like any other, and said to be nothing that can be placed in time
  'row 2': (value, got, table) =>
    got.importers.length === 0 ? same(cellsOf(table.rows[1])[0], value) : is(false, got.importers),
  'first cells': (value, _, table) =>
    same(Object.entries(value as object).map(([name]) => cellsOf(table.rows[0])[table.header.indexOf(name)]), Object.values(value as object)), // prettier-ignore
  'empty cells': (value, got, table) =>
    same(table.rows.length * got.imported.series.length - got.imported.series.reduce((sum, one) => sum + one.time.length, 0), value), // prettier-ignore
  'empty or null cells': (value, _, table) =>
    same(table.rows.reduce((sum, { cells }) => sum + cells.filter((cell) => cell === '' || cell === 'null').length, 0), value), // prettier-ignore
  'rows whose time (and series) repeats an earlier row': (value, _, table) => {
    const series = table.header.indexOf('Series');
    const keys = new Set(
      table.rows.map(({ cells }) => `${cells[series] ?? ''} ${cells[table.header.indexOf('Time')] ?? ''}`),
    );
    return same(table.rows.length - keys.size, value);
  },
  series: (value, got, table) => {
    if (Array.isArray(value)) return same(got.imported.series.map(({ name }) => name).sort(), value);
    const found = Object.keys(value as object).map((name) => {
      const column = columnName(name);
      const known = got.series(column.name, column.labels).length > 0;
      return [name, known ? table.rows.filter(({ cells }) => cells[0] === name).length : 0];
    });
    return same(Object.fromEntries(found), value);
  },
  'min,max': (value, got) => {
    const values = [...got.imported.series[0]!.value].filter((one) => !Number.isNaN(one));
    return same([Math.min(...values), Math.max(...values)], value);
  },
  'duplicate timestamps': (value, _, table) => same(table.rows.length - new Set(timesOf(table)).size, value),
  'distinct timestamps': (value, got) =>
    same(new Set(got.imported.series.flatMap(({ time }) => [...time])).size, value),
  'rows per timestamp -> how many': (value, got) => same({ [got.imported.series.length]: 1 }, value),
  'time going backwards': (value, _, table) => {
    const times = timesOf(table);
    return same(times.filter((time, i) => i > 0 && time < times[i - 1]!).length, value);
  },
  'most common step s': (value, got) => {
    const steps = [...stepsOf([...got.imported.series[0]!.time])].sort((a, b) => b[1] - a[1]);
    return same(Number(steps[0]![0]), value);
  },
  'irregular steps': (value, got) => {
    const steps = stepsOf([...got.imported.series[0]!.time]);
    return is(Object.entries(value as Record<string, number>).every(([step, count]) => steps.get(step) === count), [...steps]); // prettier-ignore
  },
  'mixed units in one column': (_, got) =>
    is(
      got.imported.problems.some(({ code }) => code === 'MIXED_UNITS'),
      got.imported.problems.map(({ code }) => code),
    ),
  'StartTime epoch s': (value, got) =>
    is(near(Math.min(...got.imported.series.map(({ time }) => time[0]!)) - 2616, Number(value) * 1000), got.imported.series[0]?.time[0]), // prettier-ignore
  TimeUnit: (value, got) =>
    is(value === 'NANOSECONDS' && got.series('p99')[0]?.conversion?.includes('ns → seconds') === true, got.series('p99')[0]), // prettier-ignore
  spans: (value, got) => same(got.fact('trace.spans'), value),
  traces: (value, got) => same(got.fact('trace.traces'), value),
  'root spans (ParentID "root")': (value, _, table) =>
    same(table.rows.filter(({ cells }) => cells[table.header.indexOf('ParentID')] === 'root').length, value),
  'spans with End < Start': (value, got) =>
    same(got.imported.problems.filter(({ code, args }) => code === 'TRACE_ODD' && args['what'] === 'negative duration').length, value), // prettier-ignore
  'rows where Duration != End-Start (us, tolerance 1)': (value, got, table) => {
    const at = table.header.indexOf('Duration');
    const wrong = got.imported.events.filter(({ duration, source }) => {
      const row = table.rows.find(({ line }) => line === source.line);
      return Math.abs(Number(row?.cells[at]) - (duration ?? Number.NaN) * 1000) > 1.5;
    });
    return same(wrong.length, value);
  },
  'spans whose parent is not in the (cut) file': (value, got) =>
    same(got.imported.problems.filter(({ code, args }) => code === 'TRACE_ODD' && String(args['what']).includes('parent')).length, value), // prettier-ignore
  'first record': (value, got, table) => {
    const wanted = value as Record<string, string>;
    const cells = table.header.map((name, i) => [name, table.rows[0]!.cells[i]!] as const);
    const event = got.imported.events.find(({ source }) => source.line === table.rows[0]!.line);
    const fields = cells.every(([name, cell]) => cell.startsWith(wanted[name]!.slice(0, 150)));
    return is(
      fields && event?.labels['pod'] === wanted['PodName'] && Math.abs(event!.time - 1675078743269.714) < 1,
      event,
    );
  },
  frames: (value, got) => is(got.reports[0]?.format === `data frames, ${String(value)}`, got.reports[0]?.format),
  kind: (_, got) => same([got.importers, got.imported.series.length], [['grafana-dashboard'], 0]),
  title: (value, got) => same(got.fact('grafana.title'), value),
  'panels incl. rows': (value, got) => same(got.fact('grafana.panels'), value),
  'distinct kubeskoop_* metric names': (value, got) => same(metricNames(got).length, value),
  'names (first 12)': (value, got) => same(metricNames(got).slice(0, 12), value),
  'metrics used under rate()/increase()/delta()': (value, got) => {
    const rated = got.facts('grafana.expression').map((fact) => parseExpression(String(fact.value)));
    const names = [...new Set(rated.filter((one) => one?.rate !== undefined).map((one) => one!.metric))].sort();
    // the manifest lists the first twenty
    return same(names.slice(0, (value as string[]).length), value);
  },
};

function metricNames(got: CorpusImport): string[] {
  const names = got.facts('grafana.expression').flatMap(({ value }) => String(value).match(/kubeskoop_\w+/g) ?? []);
  return [...new Set(names)].sort();
}

/** `frame[i]`: fields, rows and entities as our reader of frames sees them. */
function judgeFrame(fact: string, value: unknown, entry: CorpusFile): Outcome {
  const frame = [...framesIn(JSON.parse(corpusText(entry)) as unknown)][Number(/\d+/.exec(fact)![0])]!;
  const wanted = value as { fields: [string, string, object | null][]; rows: number; first_row: unknown[]; last_row: unknown[]; entities: unknown[] | null }; // prettier-ignore
  const fields = frame.fields.every(({ name, type, labels }, i) => {
    const [wantedName, wantedType, wantedLabels] = wanted.fields[i]!;
    const known = ['time', 'number', 'string', 'boolean'].includes(wantedType) ? wantedType : 'other';
    return name === wantedName && type === known && JSON.stringify(Object.entries(labels).sort()) === JSON.stringify(Object.entries(wantedLabels ?? {}).sort()); // prettier-ignore
  });
  const row = (at: number, cells: unknown[]): boolean =>
    cells.every((cell, i) => JSON.stringify(frame.fields[i]!.values[at]) === JSON.stringify(cell));
  const special = (wanted.entities ?? []).every((entity, i) =>
    Object.entries(entity ?? {}).every(([, rows]) =>
      (rows as number[]).every((at) => frame.fields[i]!.special.has(at)),
    ),
  );
  const rows = frame.fields[0]!.values.length;
  return is(fields && rows === wanted.rows && row(0, wanted.first_row) && row(rows - 1, wanted.last_row) && special, frame.fields.map(({ name, type, labels }) => [name, type, labels])); // prettier-ignore
}

/** How the file was written, as `inspect --json` states it. */
const FORM: Readonly<Record<string, (form: TextForm) => unknown>> = {
  BOM: ({ bom }) => bom,
  'line endings': ({ lines }) => ({ CRLF: lines?.crlf, LF: lines?.lf, CRCRLF: lines?.crcrlf }),
  'physical lines': ({ lines }) => lines && lines.lf + lines.crlf + lines.crcrlf + lines.open,
};

function judgeForm(fact: string, value: unknown, got: CorpusImport): Outcome {
  const form = got.reports[0]?.text;
  return form === undefined ? is(false, form) : same(FORM[fact]!(form), value);
}

async function judge(entry: CorpusFile, expected: Expectation, got: CorpusImport): Promise<Outcome> {
  const fact = expected['fact'] as string | undefined;
  if (fact !== undefined && FORM[fact] !== undefined) return judgeForm(fact, expected['value'], got);
  if (fact?.startsWith('frame[') === true) return judgeFrame(fact, expected['value'], entry);
  const table = entry.file.endsWith('.json') ? EMPTY : await tableOf(entry);
  if (fact !== undefined) return FACTS[fact]?.(expected['value'], got, table, entry) ?? none(`no judge for ${fact}`);
  if (expected['protocol'] !== undefined) {
    const protocol = { protocol: expected['protocol'] as string };
    const last = (name: string): number | undefined => got.series(name, protocol)[0]?.value.at(-1);
    return same([last('capture.packets'), last('capture.bytes')], [expected['packets'], expected['bytes']]);
  }
  if (expected['span'] !== undefined) {
    const event = got.imported.events.find(({ labels, message }) => JSON.stringify([labels, message]).includes(String(expected['span']))); // prettier-ignore
    const start = Number(String(expected['start_ns']).slice(0, 13));
    const ok = event !== undefined && Math.abs(event.time - start) < 1 && Math.abs((event.duration ?? 0) * 1000 - Number(expected['duration_us'])) < 1; // prettier-ignore
    return is(ok && event.labels['pod'] === expected['pod'], event);
  }
  if (expected['tag'] !== undefined) {
    const at = 1649352325178 + Number(expected['interval_start']) * 1000;
    const tag = { Tag: expected['tag'] as string };
    const of = (name: string): number | undefined => sampleOf(got, name, tag, at);
    return is(of('count') === expected['count'] && near(of('p99'), Number(expected['p99']) / 1e9) && near(of('max'), Number(expected['max']) / 1e9), [of('count'), of('p99'), of('max')]); // prettier-ignore
  }
  if (expected['row'] !== undefined) return judgeRow(expected, got, table);
  if (expected['value'] !== undefined) return judgeSample(expected, got);
  return none('unknown shape');
}

function sampleOf(
  got: CorpusImport,
  name: string,
  labels: Readonly<Record<string, string>>,
  time: number,
): number | undefined {
  for (const one of got.series(name, labels)) {
    const at = one.time.findIndex((t) => Math.abs(t - time) < 1);
    if (at >= 0) return one.value[at];
  }
  return undefined;
}

const EMPTY: Table = { delimiter: ',', stated: false, header: [], top: [], rows: [] };

describe.skipIf(!hasCorpus())('tables of the corpus', () => {
  it('meet every expectation that has a counterpart', async () => {
    const tally = new Tally();
    for (const format of FORMATS)
      for (const entry of corpusFiles(format)) {
        const got = await importCorpus(entry);
        for (const expected of entry.expected) tally.add(entry, expected, await judge(entry, expected, got));
      }
    tally.print('tables');
    expect(tally.failed).toEqual([]);
    expect(tally.met).toBeGreaterThan(100);
  });
});
