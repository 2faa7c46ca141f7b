import { redactSecrets } from '../dump/redact.js';
import type { Sink } from '../importers/importer.js';
import { plausible } from '../logs/clock.js';
import type { Labels } from '../types/series.js';
import { LatencySummary } from './latency.js';
import type { Span } from './span.js';

/** Spans held of one file; further ones are counted. */
const MAX_SPANS = 500_000;
/** Spans that become events: the failed ones and the slowest. */
const MAX_EVENTS = 50_000;
/** A call this long, in ms, is told of apart; and so many of them. */
const SLOW_CALL = 1000;
const MAX_SLOW = 1000;
/** A span longer than a day is a unit mistaken or a clock that was set. */
const MAX_DURATION = 86_400_000;

/**
 * Takes the spans of one file. `finish` makes events `trace.span` of them (failed and slowest first, when there are too
 * many), latency series per service and operation, and reports what cannot be: cycles, doubled ids, negative times.
 */
export class TraceWriter {
  readonly #sink: Sink;
  readonly #spans: Span[] = [];
  readonly #traces = new Set<string>();
  readonly #odd = new Map<string, { count: number; line: number }>();
  readonly #latency: boolean;
  #left = 0;

  /** @param options `latency: false` when spans are no requests, as in a profile */
  constructor(sink: Sink, options: { readonly latency?: boolean } = {}) {
    this.#sink = sink;
    this.#latency = options.latency ?? true;
  }

  add(span: Span): void {
    if (this.#spans.length >= MAX_SPANS) {
      this.#left++;
      return;
    }
    this.#spans.push(span);
    this.#traces.add(span.trace);
  }

  /** Counts something that is not as it should be in a trace; reported once with its count. */
  odd(what: string, line: number): void {
    const before = this.#odd.get(what);
    if (before) before.count++;
    else this.#odd.set(what, { count: 1, line });
  }

  finish(): void {
    const sink = this.#sink;
    const relative = this.#spans.length > 0 && this.#spans.every((span) => !plausible(span.start));
    if (relative) sink.clock({ kind: 'relative' });
    const placed = this.#spans.map((span) => this.#checked(span, relative)).filter((span) => span !== undefined);
    this.#checkTrees();
    if (this.#latency) this.#summarise(placed);
    for (const span of this.#chosen(placed)) this.#event(span);
    for (const span of slowCalls(placed).slice(0, MAX_SLOW)) this.#event(span, 'trace.slow-client-span');
    sink.fact('trace.spans', this.#spans.length + this.#left, { unit: 'count' });
    sink.fact('trace.traces', this.#traces.size, { unit: 'count' });
    if (this.#left > 0) sink.problem('EVENTS_LEFT_OUT', { kept: this.#spans.length, left: this.#left });
    for (const [what, { count, line }] of this.#odd) sink.problem('TRACE_ODD', { what, count }, line);
  }

  /** The span with a duration that can be; undefined when it has no place in time. */
  #checked(span: Span, relative: boolean): Span | undefined {
    if (!(relative ? Number.isFinite(span.start) : plausible(span.start))) {
      this.odd('span without a possible start', span.line);
      return undefined;
    }
    if (span.id === '') this.odd('span without an id', span.line);
    const { duration } = span;
    if (duration === undefined) this.odd('span without a duration', span.line);
    if (duration === undefined || (duration >= 0 && duration <= MAX_DURATION)) return span;
    this.odd(duration < 0 ? 'negative duration' : 'impossible duration', span.line);
    return { ...span, duration: undefined };
  }

  /** Doubled ids, and parents that lead back to the span: each span is walked once. */
  #checkTrees(): void {
    const byId = new Map<string, Span>();
    for (const span of this.#spans) {
      const key = `${span.trace} ${span.id}`;
      const before = byId.get(key);
      // client and server half of one call may share an id
      if (span.id === '') continue;
      if (before !== undefined && before.kind === span.kind) this.odd('span id given twice', span.line);
      else byId.set(key, span);
    }
    const state = new Map<Span, 'open' | 'done'>();
    for (const first of byId.values()) {
      const path: Span[] = [];
      let span: Span | undefined = first;
      while (span && !state.has(span)) {
        state.set(span, 'open');
        path.push(span);
        span = span.parent === undefined ? undefined : byId.get(`${span.trace} ${span.parent}`);
      }
      if (span && state.get(span) === 'open') this.odd('cycle of parents', span.line);
      for (const walked of path) state.set(walked, 'done');
    }
  }

  /** Requests are spans by which a service is entered: of kind server or consumer, or whose parent is elsewhere. */
  #summarise(spans: readonly Span[]): void {
    const services = new Map<string, string>();
    for (const span of this.#spans) services.set(`${span.trace} ${span.id}`, span.service);
    const summary = new LatencySummary('trace');
    for (const span of spans) {
      if (span.duration === undefined || !isEntry(span, services)) continue;
      const service = span.service === '' ? {} : { service: span.service };
      const group: Labels = { ...service, operation: span.operation.slice(0, 200), ...span.labels };
      summary.add(group, span.start + span.duration, span.duration, span.error);
    }
    summary.finish(this.#sink);
  }

  #chosen(spans: readonly Span[]): readonly Span[] {
    if (spans.length <= MAX_EVENTS) return spans;
    const weight = (span: Span): number => (span.duration ?? 0) + (span.error ? 1e12 : 0);
    const kept = spans.toSorted((a, b) => weight(b) - weight(a)).slice(0, MAX_EVENTS);
    this.#sink.problem('EVENTS_LEFT_OUT', { kept: kept.length, left: spans.length - kept.length });
    return kept;
  }

  #event(span: Span, kind = 'trace.span'): void {
    const labels: Record<string, string> = { ...span.labels, trace: span.trace, span: span.id };
    if (span.service !== '') labels['service'] = span.service;
    if (span.parent !== undefined && span.parent !== '') labels['parent'] = span.parent;
    if (span.kind !== undefined) labels['kind'] = span.kind;
    if (span.error) labels['status'] = 'error';
    this.#sink.event({
      time: span.start,
      kind,
      labels,
      message: redactSecrets(span.operation.slice(0, 2000)).text,
      line: span.line,
      ...(span.duration === undefined ? {} : { duration: span.duration }),
    });
  }
}

/** Calls to other services that took most of the time of the request they were made for, slowest first. */
function slowCalls(spans: readonly Span[]): readonly Span[] {
  const byId = new Map(spans.map((span) => [`${span.trace} ${span.id}`, span]));
  return spans
    .filter(({ kind, duration, trace, parent, service }) => {
      if (kind !== 'client' || duration === undefined || duration < SLOW_CALL || parent === undefined) return false;
      const whole = byId.get(`${trace} ${parent}`);
      return whole?.duration !== undefined && whole.service === service && duration >= whole.duration / 2;
    })
    .sort((a, b) => b.duration! - a.duration!);
}

function isEntry(span: Span, services: ReadonlyMap<string, string>): boolean {
  if (span.kind === 'server' || span.kind === 'consumer' || span.parent === undefined || span.parent === '')
    return true;
  const parent = services.get(`${span.trace} ${span.parent}`);
  return parent !== undefined && parent !== span.service && span.kind !== 'client' && span.kind !== 'producer';
}
