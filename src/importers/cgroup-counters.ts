import { readKeyValues } from '../proc/key-values.js';
import { baseName } from '../proc/snapshot.js';
import type { Importer, SeriesHints } from './importer.js';

const COUNTER: SeriesHints = { kind: 'counter', unit: 'count' };
const GAUGE: SeriesHints = { kind: 'gauge', unit: 'count' };
/** File → the names by which its lines are known; none where only the name of the file tells. */
const FILES: readonly (readonly [file: string, names: RegExp | null, hints: SeriesHints])[] = [
  ['cgroup.events', /^(?:populated|frozen)$/, GAUGE],
  ['cgroup.stat', /^nr_(?:dying_)?(?:descendants|subsys_\w+)$/, GAUGE],
  ['cpuacct.stat', /^(?:user|system)$/, COUNTER],
  ['memory.oom_control', /^(?:oom_kill_disable|under_oom|oom_kill)$/, GAUGE],
  ['memory.swap.events', /^(?:high|max|fail)$/, COUNTER],
  ['pids.events', null, COUNTER],
];
const LINE = /^([a-z_]{1,60}) \d{1,20}\s*$/;

/**
 * Small files of a cgroup with a name and a number in each line: `cgroup.events`, `cgroup.stat`, `memory.swap.events`,
 * `pids.events`; v1's `cpuacct.stat` (in ticks of 1/100 s) and `memory.oom_control`.
 *
 *     nr_descendants 12
 *     nr_dying_descendants 3
 */
export const cgroupCounters = {
  id: 'cgroup-counters',
  title: 'named numbers of a cgroup (cgroup.stat, cpuacct.stat, memory.swap.events …)',
  format: { reference: 'https://docs.kernel.org/admin-guide/cgroup-v2.html', versions: 'cgroup v1 and v2' },
  sniff: ({ lines, complete, path }) => {
    if (!complete || lines.length > 60) return 0;
    const file = fileOf(path, lines);
    return file === undefined ? 0 : 0.95;
  },
  read: async (file, sink) => {
    const found = fileOf(file.path, file.head.lines) ?? FILES[0]!;
    sink.format(found[0]);
    const prefix = `${found[0].startsWith('cgroup.') ? '' : 'cgroup.'}${found[0]}.`;
    const hints = (key: string): SeriesHints => (key === 'oom_kill' ? COUNTER : found[2]);
    await readKeyValues(file, sink, { prefix, hints });
  },
} as const satisfies Importer;

function fileOf(path: string, lines: readonly string[]): (typeof FILES)[number] | undefined {
  const names = lines.filter((line) => line.trim() !== '').map((line) => LINE.exec(line)?.[1]);
  if (names.length === 0 || names.includes(undefined)) return undefined;
  const called = baseName(path).replace(/\.txt$/, '');
  return FILES.find(
    ([file, known]) =>
      (called.endsWith(file) && known === null) ||
      (known !== null && names.length > 1 && names.every((name) => known.test(name!))),
  );
}
