import type { Sink } from '../importers/importer.js';
import type { Labels, Fact } from '../types/series.js';
import { numberOf } from './snapshot.js';
import { settingOf } from './sections.js';

/** v1 limits at or above this mean "no limit" (2^63 rounded down to a page). */
const UNLIMITED = 2 ** 62;

/** Levels and counters among the one-number files of a cgroup; everything else there is a setting. */
export const CGROUP_SERIES: ReadonlyMap<
  string,
  readonly [string, 'gauge' | 'counter', 'bytes' | 'tasks' | 'count' | 'unknown']
> = new Map([
  ['memory.current', ['cgroup.memory.current', 'gauge', 'bytes']],
  ['memory.peak', ['cgroup.memory.peak', 'gauge', 'bytes']],
  ['memory.swap.current', ['cgroup.memory.swap.current', 'gauge', 'bytes']],
  ['memory.usage_in_bytes', ['cgroup.memory.current', 'gauge', 'bytes']],
  ['memory.failcnt', ['cgroup.memory.failcnt', 'counter', 'count']],
  ['pids.current', ['cgroup.pids.current', 'gauge', 'tasks']],
  ['cpuacct.usage', ['cgroup.cpuacct.usage', 'counter', 'unknown']],
]);

/** Names of one-number files of cgroups that are settings. */
export const CGROUP_SETTINGS =
  /^(?:cpu\.max|cpu\.max\.burst|cpu\.weight|cpu\.shares|cpu\.cfs_(?:quota|period)_us|cpuset\.(?:cpus|mems)(?:\.effective)?|cpuset\.effective_(?:cpus|mems)|memory\.(?:max|high|low|min)|memory\.swap\.max|memory\.limit_in_bytes|pids\.max|io\.weight|hugetlb\.\w+\.max)$/;

/**
 * States a cgroup setting as a fact `cgroup.<file>`. `cpu.max` becomes the quota in CPUs, or `max` when there is none;
 * v1 limits that mean "none" become `max` too.
 */
export function cgroupFact(sink: Sink, key: string, text: string, labels: Labels, line: number): void {
  const put = (name: string, value: Fact['value'], unit?: Fact['unit']): void =>
    sink.fact(name, value, { labels, line, ...(unit !== undefined && { unit }) });
  const raw = text.trim();
  if (raw === '') return;
  if (key === 'cpu.max') {
    const [quota, period] = raw.split(/\s+/);
    if (quota === 'max') return put('cgroup.cpu.max', 'max');
    const [q, p] = [numberOf(quota), numberOf(period) ?? 100_000];
    if (q === undefined || p <= 0) return sink.problem('BAD_NUMBER', { found: raw }, line);
    put('cgroup.cpu.max', q / p, 'count');
    return put('cgroup.cpu.period', p / 1e6, 'seconds');
  }
  if (key === 'cpu.cfs_quota_us') return put('cgroup.cpu.cfs_quota_us', Number(raw) < 0 ? 'max' : settingOf(raw));
  if (key === 'memory.limit_in_bytes')
    return put('cgroup.memory.max', Number(raw) >= UNLIMITED ? 'max' : settingOf(raw), 'bytes');
  put(`cgroup.${key}`, settingOf(raw), key.startsWith('memory.') ? 'bytes' : undefined);
}
