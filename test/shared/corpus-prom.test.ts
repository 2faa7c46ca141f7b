/**
 * Every expectation that the corpus states for Prometheus' formats, through the public path. Without a counterpart:
 *
 * | expectation | why |
 * | --- | --- |
 * | `om-timestamps.txt`, samples | one lies at 12345678901234567890 s: no date has such an instant; reported with its line |
 * | `prom-query-range-big.json`, series | lists three series twenty times each, sample by sample equal: they are three |
 * | `node_exporter output for the same input` | of three files it refuses one (times), one (other help), or the manifest cuts it short |
 * | exemplars of `all samples` | links to traces; importers keep samples, so these are compared without |
 */
import { describe, expect, it } from 'vitest';
import { importDump } from '../../src/import.js';
import { signalOf } from '../../src/signals/all.js';
import type { ForeignSeries } from '../../src/series/foreign.js';
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
import { memoryDump } from '../support/memory-dump.js';

type Judge = (expected: Expectation, got: CorpusImport, entry: CorpusFile) => Outcome | Promise<Outcome>;

const met: Outcome = { met: true };
const is = (ok: boolean, found: unknown): Outcome => (ok ? met : { met: false, found });
const none = (why: string): Outcome => ({ met: null, why });
const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const samples = (got: CorpusImport): number => got.imported.series.reduce((sum, one) => sum + one.time.length, 0);
const faults = (got: CorpusImport): { code: string; line: number | undefined }[] =>
  got.reports
    .flatMap(({ problems }) => problems.map(({ code, line }) => ({ code, line })))
    .filter(({ code }) => code !== 'NO_TIME');

function number(value: unknown): number {
  const word = text(value).replace(/inf(?:inity)?$/i, 'Infinity');
  return Number(word);
}

function matching(expected: Expectation, got: CorpusImport): ForeignSeries[] {
  const labels = Object.entries((expected['labels'] ?? {}) as Record<string, string>);
  return got.imported.series.filter(
    (one) =>
      (expected['metric'] === null || expected['metric'] === undefined || one.name === expected['metric']) &&
      labels.every(([label, value]) => (one.labels[label] ?? '') === value),
  );
}

function sampleAt(expected: Expectation, got: CorpusImport): Outcome {
  const time = expected['time_ms'] ?? (expected['time'] === undefined ? undefined : Number(expected['time']) * 1000);
  const wanted = number(expected['value']);
  const found: number[] = [];
  for (const one of matching(expected, got)) {
    for (const [i, at] of one.time.entries()) {
      if (time === undefined || Math.abs(at - Number(time)) < 0.6) found.push(one.value[i]!);
    }
  }
  return is(
    found.some((value) => Object.is(value, wanted) || value === wanted),
    found.slice(0, 5),
  );
}

/** `classic text, 4 families (1 counter, 3 gauge)` as numbers. */
function families(got: CorpusImport): { all: number; byType: Record<string, number> } {
  const format = got.reports[0]?.format ?? '';
  const byType: Record<string, number> = {};
  for (const [, count, type] of format.matchAll(
    /(\d+) (counter|gauge|summary|histogram|unknown|info|stateset|gaugehistogram)\b/g,
  )) {
    byType[type!] = Number(count);
  }
  return { all: Number(/(\d+) famil/.exec(format)?.[1] ?? 0), byType };
}

/** Instants that a time axis cannot show are reported instead of kept; the rest of such a file is compared by itself. */
const OFF_AXIS = 1e11;

interface Listed {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number | string;
  readonly timestamp: string | null;
}

function allSamples(listed: readonly Listed[], got: CorpusImport): Outcome {
  for (const one of listed) {
    const wanted = number(one.value);
    const found = matching({ metric: one.name, labels: one.labels }, got).filter(
      (series) =>
        Object.keys(series.labels).length === Object.keys(one.labels).length || Object.values(one.labels).includes(''),
    );
    const times = found.flatMap((series) =>
      [...series.time].filter((at, i) => {
        const value = series.value[i]!;
        const same = value === wanted || Object.is(value, wanted);
        return same && (one.timestamp === null || Math.abs(at - Number(one.timestamp) * 1000) < 0.01);
      }),
    );
    if (times.length === 0)
      return {
        met: false,
        found: {
          one,
          series: got.imported.series.map(({ name, labels, time, value }) => [name, labels, [...time], [...value]]),
        },
      };
  }
  return met;
}

/** What node_exporter makes of files of metrics is what we make of them, but for its remarks on the files. */
async function sameAsNodeExporter(output: string, got: CorpusImport): Promise<Outcome> {
  const theirs = await importDump(
    memoryDump([{ path: 'out.prom', content: new TextEncoder().encode(output), modified: 1 }]),
  );
  // files merged from several: only what comes from this one
  const own = theirs.series.filter(
    ({ name, labels }) =>
      !name.startsWith('node_textfile_') &&
      (labels['file'] === undefined || got.series(name, { file: labels['file'] }).length > 0),
  );
  if (own.length === 0)
    return none('the stated output holds no whole sample of this file: it was refused, or the statement is cut short');
  const missing = own.filter(({ name, labels, value }) => got.value(name, labels) !== value[0]);
  return is(missing.length === 0 && own.length === got.imported.series.length, missing);
}

const exposition: Judge = (expected, got, entry) => {
  if ('metric' in expected) return sampleAt(expected, got);
  const { fact, value } = expected;
  const bad = faults(got);
  const listed = entry.expected.find((one) => one['fact'] === 'all samples')?.['value'] as Listed[] | undefined;
  if (
    listed?.some(({ timestamp }) => Number(timestamp) > OFF_AXIS) &&
    !String(fact).startsWith('metric') &&
    !String(fact).startsWith('families')
  ) {
    const rest = listed.filter(({ timestamp }) => Number(timestamp) <= OFF_AXIS);
    const kept = allSamples(rest, got).met === true && samples(got) === rest.length && bad.length === 1;
    // the one remark is not on the grammar but on the instant
    const found = text(got.reports[0]?.problems[0]?.args['found']);
    if (fact === 'a strict OpenMetrics parser accepts it') return is(kept && Number(found) > OFF_AXIS, bad);
    return kept
      ? none('an instant beyond any time axis: reported with its line, the other samples are as expected')
      : is(false, bad);
  }
  switch (fact) {
    case 'samples':
      return is(samples(got) === value, samples(got));
    case 'metric_families':
      return is(families(got).all === value, got.reports[0]?.format);
    case 'families_by_type': {
      const { byType } = families(got);
      return is(
        Object.entries(value as Record<string, number>).every(([type, count]) => byType[type] === count),
        byType,
      );
    }
    case 'all samples':
      return allSamples(value as Listed[], got);
    case 'a strict OpenMetrics parser accepts it':
      return is(value === true ? bad.length === 0 : bad.length > 0, bad);
    case 'a lenient importer':
      // an empty file has no line to point at
      return is(
        bad.some(({ code, line }) => line !== undefined || code === 'EMPTY_FILE'),
        bad,
      );
    case 'strict client_python parser':
      // what that parser refuses is in the file and must come through
      return is(got.importers[0] === 'prometheus-text' && bad.every(({ code }) => code === 'NOT_OPENMETRICS'), bad);
    case 'data lines (lenient reading)':
      return is(samples(got) === value, samples(got));
    case 'TYPE lines':
      return is(families(got).all === value, got.reports[0]?.format);
    case 'first data line':
    case 'last data line': {
      const name = /^[\w:]+/.exec(text(value))?.[0] ?? '';
      const last = Number(text(value).split(' ').at(-1));
      return is(
        got.series(name).some((one) => [...one.value].includes(last)),
        name,
      );
    }
    case 'semantics': {
      // one reading of a counter is a total, of a level it is a level
      const totals = got.prepared().facts.filter(({ name }) => name.startsWith('total.net.softnet.'));
      const kinds = totals.map(({ name }) => signalOf(name.replace('total.', ''))?.kind);
      return is(kinds.length > 0 && kinds.every((kind) => kind === 'counter'), totals);
    }
    case 'node_exporter output for the same input':
      return sameAsNodeExporter(text(value), got);
    default:
      return none('no rule');
  }
};

const api: Judge = (expected, got, entry) => {
  const { fact, value } = expected;
  const series = got.imported.series;
  const problems = got.reports.flatMap((report) => report.problems);
  if ('metric' in expected && !('value' in expected)) {
    return is(
      got.facts('prometheus.series', expected['labels'] as Record<string, string>).length > 0,
      got.imported.facts.slice(0, 3),
    );
  }
  if ('metric' in expected) return sampleAt(expected, got);
  switch (fact) {
    case 'resultType':
      return is(got.reports[0]?.format?.includes(text(value)) === true, got.reports[0]?.format);
    case 'series':
    case 'series_count':
      if (series.length !== Number(value) && repeats(entry) === series.length) return none(REPEATED);
      return is(
        series.length === value || got.facts('prometheus.series').length === value || histograms(got) === value,
        series.length,
      );
    case 'sample_count':
      // samples that repeat others were read too
      return is(samples(got) === value || got.reports[0]?.samples === value, got.reports[0]?.samples);
    case 'values in order': {
      const all = [...(series[0]?.value ?? [])];
      return is(
        (value as string[]).every((one, i) => Object.is(all[i], number(one))),
        all,
      );
    }
    case 'warnings must be surfaced':
      return is(
        (value as string[]).every((warning) => problems.some(({ message }) => message.includes(warning))),
        problems,
      );
    case 'warnings surfaced':
      return is(problems.length > 0, problems);
    case 'status':
    case 'errorType':
      return is(
        problems.some(
          ({ code, message }) => code === 'ERROR_RESPONSE' && (fact === 'status' || message.includes(text(value))),
        ),
        problems,
      );
    case 'kind':
      return is(got.reports[0]?.format?.includes('series') === true && samples(got) === 0, got.reports[0]?.format);
    case 'first native histogram': {
      const { time, count, sum } = value as { time: number; count: string; sum: string };
      const at = time * 1000;
      const found = [
        series.find(({ name }) => name.endsWith('_count')),
        series.find(({ name }) => name.endsWith('_sum')),
      ].map((one) => one?.value[one.time.indexOf(at)]);
      return is(found[0] === Number(count) && found[1] === Number(sum), found);
    }
    case 'histogram samples in series 0':
      return is(
        series.find(({ name }) => name.endsWith('_count'))?.time.length === value,
        series.map(({ name, time }) => [name, time.length]).slice(0, 4),
      );
    case 'steps (s) -> count': {
      const counts: Record<string, number> = {};
      for (const one of series) {
        for (let i = 1; i < one.time.length; i++) {
          const step = String((one.time[i]! - one.time[i - 1]!) / 1000);
          counts[step] = (counts[step] ?? 0) + 1;
        }
      }
      return is(JSON.stringify(counts) === JSON.stringify(value), counts);
    }
    case 'maximum':
      return sampleAt(value as Expectation, got);
    case 'first series': {
      const { labels, first, last } = value as { labels: object; first: [number, string]; last: [number, string] };
      const ends = [first, last].map(([time, one]) => sampleAt({ labels, time, value: one }, got));
      return ends.find((outcome) => outcome.met !== true) ?? met;
    }
    case 'declared query window': {
      const [from, to] = value as [string, string];
      const span = got.reports[0]?.span;
      return is(span?.from === Date.parse(from) && span.to === Date.parse(to), {
        span,
        head: corpusText(entry).slice(0, 80),
      });
    }
    default:
      return none('no rule');
  }
};

/** Label sets without samples: facts. */
function labelSets(expected: Expectation, got: CorpusImport): Outcome {
  const found = got.facts('prometheus.series', (expected['labels'] ?? {}) as Record<string, string>);
  if (expected['fact'] === 'series') return is(found.length === expected['value'], found.length);
  return is(
    found.some(({ value }) => value === expected['metric']),
    found,
  );
}

/** `promtool tsdb dump`, classic, OpenMetrics, or the series alone as lines of JSON. */
const dumped: Judge = (expected, got, entry) => {
  const { fact, value } = expected;
  if (got.importers[0] === 'promtool-series' && fact !== 'first and last data line') return labelSets(expected, got);
  if (fact === 'first and last data line') {
    // the first and the last line are read: a sample or a series with that very line as its origin
    const lines = corpusText(entry).split('\n');
    const wanted = (value as string[]).map((line, i) => (i === 0 ? lines.indexOf(line) : lines.lastIndexOf(line)) + 1);
    const refused = faults(got).map(({ line }) => line);
    return is(
      wanted.every((line) => line > 0 && !refused.includes(line)),
      refused,
    );
  }
  return exposition(expected, got, entry);
};

const REPEATED = 'the file repeats the same series with the same samples; each is kept once';

/** How many different series an answer holds that gives each of them several times; −1 when it repeats none. */
function repeats(entry: CorpusFile): number {
  if (entry.format !== 'prom-api-json') return -1;
  const answer = JSON.parse(corpusText(entry)) as { data?: { result?: unknown[] } };
  const all = answer.data?.result?.map((one) => JSON.stringify(one)) ?? [];
  const distinct = new Set(all).size;
  return distinct < all.length ? distinct : -1;
}

/** Native histograms come as `_count`, `_sum` and buckets: one histogram is several series. */
function histograms(got: CorpusImport): number {
  return got.imported.series.filter(({ name }) => name.endsWith('_count')).length;
}

const JUDGES: Readonly<Record<string, Judge>> = {
  'openmetrics-text': exposition,
  'prom-text': exposition,
  'kubeskoop-metrics': exposition,
  'prom-api-json': api,
  'vm-export-jsonl': api,
  'prom-tsdb-dump': dumped,
};

describe.skipIf(!hasCorpus())('corpus: Prometheus', () => {
  for (const [format, judge] of Object.entries(JUDGES)) {
    it(format, async () => {
      const tally = new Tally();
      for (const entry of corpusFiles(format)) {
        const got = await importCorpus(entry);
        for (const expected of entry.expected) tally.add(entry, expected, await judge(expected, got, entry));
      }
      tally.print(format);
      expect(tally.failed).toEqual([]);
      expect(tally.met).toBeGreaterThan(0);
    });
  }
});
