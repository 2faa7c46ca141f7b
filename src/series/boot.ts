import { problem } from '../errors.js';
import type { Problem } from '../types/problem.js';
import type { Milliseconds } from '../types/units.js';
import type { ForeignSeries, Imported } from './foreign.js';

/** Boots that the clock of one node is set to during a dump differ by seconds; further apart they are two boots. */
const SAME_BOOT: Milliseconds = 120_000;

/**
 * Times counted from boot put on the wall clock, with the boot time of the node (`btime`, or a reading of `uptime`).
 * Without a boot time, or with several, such entries cannot be placed: they are left out, with a problem per file.
 */
export function alignBoot(imported: Imported): Imported {
  const files = [...imported.clocks].filter(([, clock]) => clock.kind === 'boot').map(([path]) => path);
  if (files.length === 0) return imported;
  const boot = bootTime(imported);
  const counted = new Set(files);
  const ofBoot = (one: ForeignSeries): boolean => counted.has(fileOf(one));
  if (boot !== undefined) {
    const shift = (time: Float64Array): Float64Array => time.map((t) => t + boot);
    return {
      ...imported,
      series: imported.series.map((one) => (ofBoot(one) ? { ...one, time: shift(one.time) } : one)),
      events: imported.events.map((one) => (counted.has(one.source.file) ? { ...one, time: one.time + boot } : one)),
      files: imported.files.map((file) =>
        counted.has(file.path) && file.span !== undefined
          ? { ...file, span: { from: file.span.from + boot, to: file.span.to + boot } }
          : file,
      ),
    };
  }
  const count = new Map<string, number>(files.map((path) => [path, 0]));
  for (const { source } of imported.events)
    if (counted.has(source.file)) count.set(source.file, count.get(source.file)! + 1);
  for (const one of imported.series)
    if (ofBoot(one)) count.set(fileOf(one), (count.get(fileOf(one)) ?? 0) + one.time.length);
  const problems: Problem[] = [...count].map(([path, n]) => problem('BOOT_TIME_UNKNOWN', path, { count: n }));
  return {
    ...imported,
    series: imported.series.filter((one) => !ofBoot(one)),
    events: imported.events.filter((one) => !counted.has(one.source.file)),
    problems: [...imported.problems, ...problems],
  };
}

function fileOf({ origin }: ForeignSeries): string {
  return origin.files[typeof origin.file === 'number' ? origin.file : (origin.file[0] ?? 0)] ?? '';
}

/** Epoch ms of the only boot that the dump knows of. */
function bootTime(imported: Imported): Milliseconds | undefined {
  const times: number[] = [];
  for (const { name, value, time } of imported.facts) {
    if (typeof value !== 'number') continue;
    if (name === 'boot.time') times.push(value * 1000);
    else if (name === 'node.uptime' && time !== undefined && time > 0) times.push(time - value * 1000);
  }
  times.sort((a, b) => a - b);
  if (times.length === 0 || times.at(-1)! - times[0]! > SAME_BOOT) return undefined;
  return times[times.length >> 1];
}
