import { seriesKey } from '../../src/series/key.js';
import type { Case } from '../../src/types/case.js';
import type { Labels, Series } from '../../src/types/series.js';

/** A case without the series of these signals. */
export function without(of: Case, signals: ReadonlySet<string>): Case {
  return {
    ...of,
    series: of.series.filter((series) => !signals.has(series.signal)),
    facts: of.facts.filter((fact) => !signals.has(fact.name.replace(/^total\./, ''))),
  };
}

/** A case whose clocks all go `by` ms later. */
export function shifted(of: Case, by: number): Case {
  return {
    ...of,
    span: { from: of.span.from + by, to: of.span.to + by },
    series: of.series.map((series) => ({ ...series, time: series.time.map((t) => t + by) })),
    facts: of.facts.map((fact) => (fact.time === undefined ? fact : { ...fact, time: fact.time + by })),
    events: of.events.map((event) => ({ ...event, time: event.time + by })),
  };
}

/** A case in which pods, nodes and namespaces have other names, one to one. */
export function renamed(of: Case, name: (value: string) => string): Case {
  const relabel = (labels: Labels): Labels =>
    Object.fromEntries(
      Object.entries(labels).map(([key, value]) => [
        key,
        ['pod', 'node', 'namespace', 'service'].includes(key) ? name(value) : value,
      ]),
    );
  return {
    ...of,
    series: of.series.map((series) => {
      const labels = relabel(series.labels);
      return { ...series, labels, key: seriesKey(series.signal, labels) };
    }),
    facts: of.facts.map((fact) => ({ ...fact, labels: relabel(fact.labels) })),
    events: of.events.map((event) => ({ ...event, labels: relabel(event.labels) })),
    entities: of.entities.map((entity) => ({ ...entity, labels: relabel(entity.labels) })),
  };
}

/** A case of which only every `keep`-th sample was taken, from the one numbered `first` on. */
export function coarser(of: Case, keep: number, first = 0): Case {
  return { ...of, series: of.series.map((series) => thinned(series, keep, first)) };
}

function thinned(series: Series, keep: number, first: number): Series {
  const pick = <T extends Float64Array | Uint32Array>(column: T): T => column.filter((_, i) => i % keep === first) as T;
  const { file, line, files } = series.origin;
  return {
    ...series,
    time: pick(series.time),
    value: pick(series.value),
    step: series.step * keep,
    origin: {
      files,
      file: typeof file === 'number' ? file : pick(file),
      line: typeof line === 'number' ? line : pick(line),
    },
  };
}

/** A case cut to the samples and events of a span. */
export function clipped(of: Case, from: number, to: number): Case {
  const inside = (t: number): boolean => t >= from && t <= to;
  return {
    ...of,
    span: { from: Math.max(of.span.from, from), to: Math.min(of.span.to, to) },
    series: of.series.map((series) => {
      const keep = <T extends Float64Array | Uint32Array>(column: T): T =>
        column.filter((_, i) => inside(series.time[i]!)) as T;
      const { file, line, files } = series.origin;
      return {
        ...series,
        time: keep(series.time),
        value: keep(series.value),
        origin: {
          files,
          file: typeof file === 'number' ? file : keep(file),
          line: typeof line === 'number' ? line : keep(line),
        },
      };
    }),
    events: of.events.filter((event) => inside(event.time)),
  };
}
