import { sourceAt } from '../series/provenance.js';
import type { Artefact } from '../types/artefact.js';
import type { Labels, Series, Source } from '../types/series.js';
import type { Milliseconds } from '../types/units.js';

/** Something that one series shows between two of its samples. */
export interface Mark {
  readonly series: Series;
  /** Index of the last sample before, and of the first one after. */
  readonly before: number;
  readonly after: number;
  readonly from: Milliseconds;
  readonly to: Milliseconds;
}

/** Who collected a series: its scrape target where the labels say so, else the archive or folder it was found in. */
export function targetOf({ target, source }: Series): string {
  if (target !== undefined) return target;
  const archive = source.file.indexOf('!/');
  return archive >= 0 ? source.file.slice(0, archive) : source.file.slice(0, source.file.lastIndexOf('/') + 1);
}

/** Series by who collected them, in the order of first appearance. */
export function byTarget(series: readonly Series[]): ReadonlyMap<string, readonly Series[]> {
  const groups = new Map<string, Series[]>();
  for (const one of series) {
    const group = groups.get(targetOf(one));
    if (group === undefined) groups.set(targetOf(one), [one]);
    else group.push(one);
  }
  return groups;
}

/** Marks that share an instant, in order of time. */
export function together(marks: readonly Mark[]): readonly (readonly Mark[])[] {
  const out: Mark[][] = [];
  let end = -Infinity;
  for (const mark of [...marks].sort((a, b) => a.to - b.to || a.from - b.from)) {
    if (out.length > 0 && mark.from < end) out.at(-1)!.push(mark);
    else {
      out.push([mark]);
      // all of a cluster contain the end of its first mark
      end = mark.to;
    }
  }
  return out;
}

/** Labels that all series agree on. */
export function shared(series: readonly Series[]): Labels {
  const [first, ...rest] = series;
  const entries = Object.entries(first?.labels ?? {});
  return Object.fromEntries(entries.filter(([name, value]) => rest.every(({ labels }) => labels[name] === value)));
}

/** Distinct signals of some series. */
export function signalsOf(series: readonly Series[]): readonly string[] {
  return [...new Set(series.map(({ signal }) => signal))].sort();
}

const SHOWN = 6;

/** One artefact from marks that belong together. */
export function artefactOf(
  kind: Artefact['kind'],
  target: string,
  marks: readonly Mark[],
  of: number,
  more: Pick<Artefact, 'setAside' | 'step' | 'corrected'>,
): Artefact {
  const series = [...new Set(marks.map((mark) => mark.series))];
  const sources: Source[] = [];
  const seen = new Set<string>();
  for (const { series: one, after } of marks) {
    if (sources.length === SHOWN) break;
    if (seen.has(one.signal)) continue;
    seen.add(one.signal);
    sources.push(sourceAt(one, after));
  }
  return {
    kind,
    from: Math.min(...marks.map(({ from }) => from)),
    to: Math.max(...marks.map(({ to }) => to)),
    target,
    labels: shared(series),
    series: series.length,
    of,
    signals: signalsOf(series).slice(0, SHOWN),
    ...more,
    findings: [],
    sources,
  };
}
