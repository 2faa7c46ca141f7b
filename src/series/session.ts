import { problem } from '../errors.js';
import type { FileClock, SeriesHints, SeriesWriter, Sink } from '../importers/importer.js';
import type { ProblemCode } from '../text/en/problems.js';
import type { FileReport } from '../types/case.js';
import type { TextForm } from '../types/dump.js';
import type { Problem, ProblemArgs } from '../types/problem.js';
import type { Fact, Labels, LogEvent } from '../types/series.js';
import { LineAccount } from './account.js';
import { sharedLines } from './builder.js';
import type { ForeignSeries, Imported } from './foreign.js';
import { seriesKey } from './key.js';
import { together } from './reports.js';
import { soundLabels, wellFormed } from './sound.js';
import { Writer } from './writer.js';

/** Sentences of one code that a file keeps; further ones are counted in the last of them. */
const KEPT = 20;

/** Writers by name and labels. */
type Names = Map<string, Map<string, Writer>>;

/** What one file yields. */
export class FileSink implements Sink {
  readonly path: string;
  readonly index: number;
  readonly #taken: Sink['taken'];
  /** The importer asked when the file was taken, and only its modification time tells, or nothing does. */
  dated: ForeignSeries['dated'];
  readonly context: Labels;
  readonly lineOffset: number;
  importer = '';
  samples = 0;
  series_ = 0;
  facts = 0;
  events = 0;
  from = Infinity;
  to = -Infinity;
  variant: string | undefined;
  /** How the text of the file was written, once it has been read. */
  text: TextForm | undefined;
  group = '';
  readonly problems = new Map<string, Problem[]>();
  readonly account = new LineAccount();
  readonly #session: ImportSession;

  constructor(
    session: ImportSession,
    path: string,
    index: number,
    taken: Sink['taken'],
    context: Labels,
    lineOffset: number,
  ) {
    this.#session = session;
    this.path = path;
    this.index = index;
    this.#taken = taken;
    this.context = context;
    this.lineOffset = lineOffset;
  }

  get taken(): Sink['taken'] {
    if (this.#taken === undefined) this.dated = 'never';
    else if (this.#taken.how === 'file') this.dated = 'file';
    return this.#taken;
  }

  series(name: string, labels: Labels, hints?: SeriesHints): SeriesWriter {
    return this.#session.writer(this, name, labels, hints ?? NOTHING);
  }

  fact(
    name: string,
    value: string | number | boolean,
    options: { labels?: Labels; unit?: Fact['unit']; line?: number; time?: number } = {},
  ): void {
    this.facts += 1;
    this.passed(options.line ?? 0);
    this.#session.facts.push({
      name: wellFormed(name),
      value: typeof value === 'string' ? wellFormed(value) : value,
      labels: soundLabels(options.labels ?? NOTHING),
      ...(options.unit === undefined ? {} : { unit: options.unit }),
      ...(options.time === undefined ? {} : { time: options.time }),
      source: this.#source(options.line, name),
    });
  }

  event(event: Omit<LogEvent, 'source'> & { readonly line?: number; readonly name?: string }): void {
    const { line, name, ...rest } = event;
    this.passed(line ?? 0);
    if (!Number.isFinite(rest.time)) return this.problem('BAD_TIME', { found: String(rest.time) }, line);
    this.events += 1;
    if (rest.time < this.from) this.from = rest.time;
    if (rest.time > this.to) this.to = rest.time;
    const labels = soundLabels(rest.labels);
    this.#session.events.push({ ...rest, labels, message: wellFormed(rest.message), source: this.#source(line, name) });
  }

  #source(line: number | undefined, name: string | undefined): Fact['source'] {
    return {
      file: this.path,
      importer: this.importer,
      ...(line === undefined || line === 0 ? {} : { line: line + this.lineOffset }),
      ...(name === undefined ? {} : { name }),
    };
  }

  passed(line: number): void {
    this.account.read(line);
  }

  problem(code: ProblemCode, args: ProblemArgs = {}, line?: number): void {
    this.passed(line ?? 0);
    const made = problem(code, this.path, args, line === undefined ? undefined : line + this.lineOffset);
    const same = this.problems.get(code);
    if (same === undefined) this.problems.set(code, [made]);
    else if (same.length < KEPT) same.push(made);
    else same[KEPT - 1] = { ...same[KEPT - 1]!, more: (same[KEPT - 1]!.more ?? 0) + 1 };
  }

  clock(clock: FileClock): void {
    this.#session.clocks.set(this.path, clock);
    // series on a clock of their own cannot be joined with those of another file before the clock is known
    this.group = clock.kind === 'utc' || clock.kind === 'offset' ? '' : this.path;
  }

  format(variant: string): void {
    this.variant = variant;
  }

  expression(file: string, text: string): void {
    this.#session.expressions.set(file, text);
  }

  close(importer: string | null): void {
    this.#session.close(this, importer);
  }
}

const NO_PROBLEMS: readonly Problem[] = Object.freeze([]);
const NOTHING = Object.freeze({});

/** Collects what the importers of one dump yield. */
export class ImportSession {
  readonly facts: Fact[] = [];
  readonly events: LogEvent[] = [];
  readonly clocks = new Map<string, FileClock>();
  readonly expressions = new Map<string, string>();
  readonly #groups = new Map<string, Names>();
  #lastGroup: { readonly importer: string; readonly group: string; readonly names: Names } | undefined;
  #lastLabels: Labels | undefined;
  #lastKey = '';
  readonly #files: string[] = [];
  readonly #lines = sharedLines();
  readonly #reports: FileReport[] = [];
  #current: FileSink | undefined;

  get current(): FileSink {
    if (this.#current === undefined) throw new RangeError('expected an open file, found none');
    return this.#current;
  }

  /** The sink of the next file; one file is open at a time. */
  open(path: string, taken: Sink['taken'], context: Labels, lineOffset = 0): FileSink {
    const index = this.#files.push(path) - 1;
    this.#current = new FileSink(this, path, index, taken, context, lineOffset);
    return this.#current;
  }

  /** The one writer of a name and labels, among files of the same importer and clock. */
  writer(sink: FileSink, name: string, labels: Labels, hints: SeriesHints): SeriesWriter {
    // series without certain times cannot be joined with those of another file
    const alone = name === '' || hints.scope === 'file' || sink.dated !== undefined;
    const names = this.#namesOf(sink.importer, alone ? sink.path : sink.group);
    let byLabels = names.get(name);
    if (byLabels === undefined) names.set(name, (byLabels = new Map<string, Writer>()));
    const key = this.#labelKey(labels);
    let writer = byLabels.get(key);
    if (writer === undefined) {
      writer = new Writer(this, wellFormed(name), soundLabels(labels), hints, sink.importer, sink.path);
      writer.dated = sink.dated;
      byLabels.set(key, writer);
    }
    return writer;
  }

  /** The names of a group; the last one is at hand, for it is asked for with every number. */
  #namesOf(importer: string, group: string): Names {
    const last = this.#lastGroup;
    if (last?.importer === importer && last.group === group) return last.names;
    const key = `${importer}\n${group}`;
    let names = this.#groups.get(key);
    if (names === undefined) this.#groups.set(key, (names = new Map<string, Map<string, Writer>>()));
    this.#lastGroup = { importer, group, names };
    return names;
  }

  #labelKey(labels: Labels): string {
    // importers ask for many names with one set of labels in a row
    if (labels === this.#lastLabels) return this.#lastKey;
    const names = Object.keys(labels);
    if (names.length > 1) names.sort();
    let key = '';
    for (const name of names) key += `${name}\0${labels[name]!}\0`;
    this.#lastLabels = labels;
    this.#lastKey = key;
    return key;
  }

  close(sink: FileSink, importer: string | null): void {
    const report: FileReport = {
      path: sink.path,
      importer,
      ...(sink.variant === undefined ? {} : { format: sink.variant }),
      series: sink.series_,
      samples: sink.samples,
      facts: sink.facts,
      events: sink.events,
      ...(sink.from <= sink.to && sink.dated !== 'never' ? { span: { from: sink.from, to: sink.to } } : {}),
      ...(sink.text === undefined ? {} : { text: sink.text }),
      problems: sink.problems.size === 0 ? NO_PROBLEMS : [...sink.problems.values()].flat(),
    };
    const last = this.#reports.at(-1);
    // snapshots one after the other in one file are one file
    if (last?.path === report.path) this.#reports[this.#reports.length - 1] = together(last, report);
    else this.#reports.push(report);
  }

  /** Everything, sorted and checked. */
  finish(name: string, sha256: string, opening: readonly Problem[]): Imported {
    const series: ForeignSeries[] = [];
    const late: Problem[] = [];
    for (const names of this.#groups.values()) {
      for (const byLabels of names.values()) {
        for (const writer of byLabels.values())
          if (writer.builder.length > 0) series.push(this.#finished(writer, late));
      }
    }
    const files = this.#withProblems([...opening, ...late]);
    return {
      name,
      sha256,
      files,
      clocks: this.clocks,
      expressions: this.expressions,
      series,
      facts: this.facts,
      events: this.events,
      problems: files.flatMap((file) => file.problems),
    };
  }

  #finished(writer: Writer, problems: Problem[]): ForeignSeries {
    const { time, value, origin, disorder, conflicts, conflict } = writer.builder.finish(this.#files, this.#lines);
    const name = writer.name === '' ? this.#nameOf(writer.path) : writer.name;
    if (disorder > 0)
      problems.push(
        problem('UNSORTED_SAMPLES', writer.path, { count: disorder, series: seriesKey(name, writer.labels) }),
      );
    if (conflict !== undefined) {
      problems.push(
        problem('CONFLICTING_SAMPLES', writer.path, {
          count: conflicts,
          series: seriesKey(name, writer.labels),
          one: conflict.values[0],
          other: conflict.values[1],
        }),
      );
    }
    const dated = writer.dated === undefined ? {} : { dated: writer.dated };
    return { ...writer.hints, ...dated, name, labels: writer.labels, importer: writer.importer, time, value, origin };
  }

  #nameOf(path: string): string {
    return this.expressions.get(path) ?? path.slice(path.lastIndexOf('/') + 1).replace(/\.(json|txt|csv|tsv)$/i, '');
  }

  #withProblems(more: readonly Problem[]): FileReport[] {
    const byFile = new Map<string, Problem[]>();
    for (const one of more) byFile.set(one.file, [...(byFile.get(one.file) ?? []), one]);
    const reports = this.#reports.map((report) => {
      const own = byFile.get(report.path);
      byFile.delete(report.path);
      return own === undefined ? report : { ...report, problems: [...report.problems, ...own] };
    });
    for (const [path, problems] of byFile)
      reports.push({ path, importer: null, series: 0, samples: 0, facts: 0, events: 0, problems });
    return reports;
  }
}
