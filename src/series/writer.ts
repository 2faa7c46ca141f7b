import type { SeriesHints, SeriesWriter } from '../importers/importer.js';
import type { Labels } from '../types/series.js';
import { inOrder, SeriesBuilder } from './builder.js';
import type { ForeignSeries } from './foreign.js';
import type { FileSink, ImportSession } from './session.js';

/** Takes the samples of one series from all files that hold it. */
export class Writer implements SeriesWriter {
  readonly builder = new SeriesBuilder();
  readonly name: string;
  readonly labels: Labels;
  readonly hints: SeriesHints;
  readonly importer: string;
  /** Path of the file whose name stands in for a missing metric name. */
  readonly path: string;
  readonly #session: ImportSession;
  /** Last file that wrote here. */
  file = -1;
  dated: ForeignSeries['dated'];

  constructor(
    session: ImportSession,
    name: string,
    labels: Labels,
    hints: SeriesHints,
    importer: string,
    path: string,
  ) {
    this.#session = session;
    this.name = name;
    this.labels = labels;
    this.hints = hints;
    this.importer = importer;
    this.path = path;
  }

  push(time: number, value: number, line = 0): void {
    const sink = this.#session.current;
    sink.account.read(line);
    if (!Number.isFinite(time)) return sink.problem('BAD_TIME', { found: String(time) }, line === 0 ? undefined : line);
    this.#reached(sink);
    sink.samples += 1;
    if (time < sink.from) sink.from = time;
    if (time > sink.to) sink.to = time;
    this.builder.push(time, value, sink.index, line === 0 ? 0 : line + sink.lineOffset);
  }

  pushAll(times: Float64Array, values: Float64Array, count: number, line = 0): void {
    if (!inOrder(times, count)) {
      for (let i = 0; i < count; i++) this.push(times[i]!, values[i]!, line);
      return;
    }
    const sink = this.#session.current;
    sink.account.read(line);
    this.#reached(sink);
    sink.samples += count;
    sink.from = Math.min(sink.from, times[0]!);
    sink.to = Math.max(sink.to, times[count - 1]!);
    this.builder.pushAll(times, values, count, sink.index, line === 0 ? 0 : line + sink.lineOffset);
  }

  #reached(sink: FileSink): void {
    if (this.file === sink.index) return;
    this.file = sink.index;
    sink.series_ += 1;
  }
}
