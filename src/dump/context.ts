import type { Labels } from '../types/series.js';

const NONE: Labels = Object.freeze({});
const known = new Map<string, Labels>();

/**
 * Labels that a path tells: `pid` and `tid` of `/proc` trees, `cgroup` (with `pod_uid` and `container_id` of
 * Kubernetes' names), `numa_node`. The same object for the same labels, so that it can serve as a key.
 */
export function contextOf(path: string): Labels {
  const segments = path.split('/');
  let labels: Record<string, string> | undefined;
  let key = '';
  const put = (name: string, value: string): void => {
    labels ??= {};
    labels[name] = value;
    key += `${name}\0${value}\0`;
  };
  processOf(segments, put);
  cgroupOf(segments, put);
  for (const segment of segments) {
    const node = /^node(\d{1,4})$/.exec(segment);
    if (node !== null && segments.includes('sys')) put('numa_node', node[1]!);
  }
  if (labels === undefined) return NONE;
  const same = known.get(key);
  if (same !== undefined) return same;
  if (known.size > 100_000) known.clear();
  known.set(key, labels);
  return labels;
}

/** Files that exist in a process folder of /proc and nowhere else under that parent. */
const OF_PROCESS = new Set(
  (
    'io sched schedstat stat status statm limits cgroup numa_maps maps smaps smaps_rollup net task cmdline comm environ ' +
    'fd fdinfo mountinfo mounts mountstats ns oom_adj oom_score oom_score_adj stack syscall wchan auxv personality attr ' +
    'cpuset latency loginuid sessionid pagemap timers timerslack_ns coredump_filter clear_refs gid_map uid_map setgroups'
  ).split(' '),
);

function processOf(segments: readonly string[], put: (name: string, value: string) => void): void {
  for (let i = 0; i + 1 < segments.length; i++) {
    const segment = segments[i]!;
    if (segment.length > 7 || !/^\d+$/.test(segment) || !OF_PROCESS.has(base(segments[i + 1]!))) continue;
    if (i > 0 && segments[i - 1] === 'task') put('tid', segment);
    else put('pid', segment);
  }
}

function base(segment: string): string {
  const dot = segment.indexOf('.');
  return dot > 0 ? segment.slice(0, dot) : segment;
}

function cgroupOf(segments: readonly string[], put: (name: string, value: string) => void): void {
  const file = segments.length - 1;
  const at = segments.lastIndexOf('cgroup', file - 1);
  const kube = segments.findIndex((segment) => segment.startsWith('kubepods'));
  if (at < 0 && kube < 0) return;
  const start = at >= 0 ? at + 1 : kube;
  if (start >= file) return;
  put('cgroup', segments.slice(start, file).join('/'));
  for (const segment of segments.slice(start, file)) {
    const pod = /pod([0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12}|[0-9a-f]{32})/.exec(
      segment,
    );
    if (pod !== null) put('pod_uid', pod[1]!.replaceAll('_', '-'));
    const container = /(?:^|-)([0-9a-f]{64})(?:\.scope)?$/.exec(segment);
    if (container !== null) put('container_id', container[1]!);
  }
}
