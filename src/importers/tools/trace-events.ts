import type { Labels } from '../../types/series.js';
import type { Milliseconds } from '../../types/units.js';
import type { Sink } from '../importer.js';

/** Events that are kept one by one; further ones are only counted. */
const DETAILED = 20_000;

/**
 * Takes the events of a trace: each becomes an event of the dump (up to a limit) and adds to a counter per event name,
 * so that bursts can be found however many there are. Facts say how many of each there were.
 */
export class TraceEvents {
  readonly #sink: Sink;
  readonly #prefix: string;
  readonly #counts = new Map<string, { value: number; time: Milliseconds | undefined; line: number }>();
  #undated = 0;
  rows = 0;

  /** @param prefix of kinds and names: `perf`, `ftrace`, `bpf` */
  constructor(sink: Sink, prefix: string) {
    this.#sink = sink;
    this.#prefix = prefix;
  }

  /** @param time undefined when the event carries none: it is counted only */
  add(
    name: string,
    time: Milliseconds | undefined,
    labels: Labels,
    message: string,
    line: number,
    more: { readonly duration?: Milliseconds } = {},
  ): void {
    this.rows++;
    let count = this.#counts.get(name);
    if (count === undefined) {
      // a hostile file may give every line a name of its own
      if (this.#counts.size > 2000) return;
      this.#counts.set(name, (count = { value: 0, time: undefined, line }));
    }
    if (time === undefined) {
      count.value++;
      if (this.#undated++ < 1000)
        this.#sink.fact(`${this.#prefix}.event`, message.slice(0, 1000), { labels: { ...labels, event: name }, line });
      return;
    }
    // events at one instant are one sample
    if (count.time !== time) this.#push(name, count);
    count.value++;
    count.time = time;
    count.line = line;
    if (this.rows <= DETAILED)
      this.#sink.event({
        time,
        kind: `${this.#prefix}.${name}`,
        labels,
        message: message.slice(0, 1000),
        line,
        ...more,
      });
    else if (this.rows === DETAILED + 1) this.#sink.problem('ROWS_FOLDED', { limit: DETAILED }, line);
  }

  #push(
    name: string,
    count: { readonly value: number; readonly time: Milliseconds | undefined; readonly line: number },
  ): void {
    if (count.time === undefined) return;
    const hints = { kind: 'counter', unit: 'count' } as const;
    this.#sink
      .series(`${this.#prefix}.events`, { ...this.#sink.context, event: name }, hints)
      .push(count.time, count.value, count.line);
  }

  /** States the counts and what was missing. */
  finish(title: string): void {
    for (const [name, count] of this.#counts) {
      this.#push(name, count);
      this.#sink.fact(`${this.#prefix}.count`, count.value, { labels: { ...this.#sink.context, event: name } });
    }
    this.#sink.fact(`${this.#prefix}.rows`, this.rows);
    if (this.#undated > 0) {
      this.#sink.fact(`${this.#prefix}.undated`, this.#undated);
      this.#sink.problem('EVENTS_WITHOUT_TIME', { count: this.#undated });
    }
    if (this.rows === 0) this.#sink.problem('NO_ROWS');
    this.#sink.format(`${title}, ${this.rows} events`);
  }
}
