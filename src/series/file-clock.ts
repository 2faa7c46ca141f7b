import type { Case, ClockStatement, FileReport } from '../types/case.js';
import type { ForeignSeries } from './foreign.js';

/**
 * The reports of the files with what is known of their times: the median distance of samples within a file (of single
 * snapshots: from the one before), and the zone, which is UTC where times count from 1970 and nobody said otherwise.
 */
export function withTimes(
  files: Case['files'],
  series: readonly ForeignSeries[],
  clocks: readonly ClockStatement[],
): FileReport[] {
  const { within, between } = stepsOf(series);
  const stated = new Set(clocks.map(({ file }) => file));
  return files.map((file) => {
    const step = medianOf(within.get(file.path)) ?? medianOf(between.get(file.path));
    const utc = file.zone === undefined && file.span !== undefined && !stated.has(file.path);
    return { ...file, ...(step !== undefined && { step }), ...(utc && { zone: 'UTC' }) };
  });
}

/** How often each distance occurs, per file. */
type Steps = Map<string, Map<number, number>>;

/** Distances of successive samples, of one file and from one file to the next. */
function stepsOf(series: readonly ForeignSeries[]): { readonly within: Steps; readonly between: Steps } {
  const within: Steps = new Map();
  const between: Steps = new Map();
  let seen: { readonly time: Float64Array; readonly file: number | Uint32Array } | undefined;
  for (const { time, origin } of series) {
    const { file, files } = origin;
    // columns of one table share their times: once is enough
    if (seen !== undefined && seen.file === file && sameTimes(seen.time, time)) continue;
    seen = { time, file };
    for (let i = 1; i < time.length; i++) {
      const index = typeof file === 'number' ? file : file[i]!;
      const same = typeof file === 'number' || file[i - 1] === index;
      tally(same ? within : between, files[index] ?? '', time[i]! - time[i - 1]!);
    }
  }
  return { within, between };
}

function tally(steps: Steps, path: string, step: number): void {
  let counts = steps.get(path);
  if (counts === undefined) steps.set(path, (counts = new Map<number, number>()));
  if (counts.size < MOST || counts.has(step)) counts.set(step, (counts.get(step) ?? 0) + 1);
}

/** Different distances that are counted; a clock that jitters more has no step to speak of. */
const MOST = 100_000;

function sameTimes(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a[0] === b[0] && a.at(-1) === b.at(-1) && a[a.length >> 1] === b[b.length >> 1];
}

function medianOf(counts: ReadonlyMap<number, number> | undefined): number | undefined {
  if (counts === undefined) return undefined;
  const sorted = [...counts].sort(([a], [b]) => a - b);
  const all = sorted.reduce((sum, [, n]) => sum + n, 0);
  let below = 0;
  for (const [step, n] of sorted) {
    below += n;
    if (below * 2 >= all) return step;
  }
  return undefined;
}
