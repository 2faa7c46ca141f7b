import type { Fact, Labels, Series } from '../types/series.js';
import { seriesKey } from './key.js';

/** Signals that do not vary and decide causes: signal → fact. */
const SETTINGS: ReadonlyMap<string, string> = new Map([
  ['memory.node.total', 'memory.total'],
  ['memory.node.swap_total', 'memory.swap_total'],
  ['net.conntrack.limit', 'net.conntrack.limit'],
  ['fd.node.maximum', 'fd.maximum'],
]);

/**
 * Facts that follow from series and other facts: settings that exporters report as series (constant over the dump), the
 * CPU quota of cgroup v1 (quota by period), the size of the port range, the number of memory nodes seen, and of memory cgroups.
 */
export function derivedFacts(series: readonly Series[], facts: readonly Fact[]): Fact[] {
  const out: Fact[] = [];
  const known = new Set(facts.map(({ name, labels }) => seriesKey(name, labels)));
  const add = (fact: Fact): void => {
    const key = seriesKey(fact.name, fact.labels);
    if (known.has(key)) return;
    known.add(key);
    out.push(fact);
  };
  for (const { signal, labels, unit, value, source } of series) {
    const name = SETTINGS.get(signal);
    const first = value[0];
    if (name === undefined || first === undefined || !value.every((x) => x === first)) continue;
    add({ name, value: first, unit, labels, source });
  }
  processors(series, facts, add);
  quotas(facts, add);
  portRanges(facts, add);
  memoryNodes(series, add);
  cgroupCounts(series, add);
  return out;
}

/** How many CPUs a node has, from the per-CPU series it exports, where nothing else says so. */
function processors(series: readonly Series[], facts: readonly Fact[], add: (fact: Fact) => void): void {
  const told = facts.filter(({ name }) => name === 'cpu.count');
  for (const { signal, labels, parts, source } of series) {
    if (signal !== 'cpu.node.idle' || parts === undefined) continue;
    const same = ({ labels: { node } }: Fact): boolean => node === undefined || node === labels['node'];
    if (!told.some(same)) add({ name: 'cpu.count', value: parts, unit: 'count', labels, source });
  }
}

function quotas(facts: readonly Fact[], add: (fact: Fact) => void): void {
  const period = new Map<string, number>();
  for (const { name, labels, value } of facts)
    if (name === 'cgroup.cpu.cfs_period_us' && typeof value === 'number') period.set(seriesKey('', labels), value);
  for (const fact of facts) {
    if (fact.name !== 'cgroup.cpu.cfs_quota_us') continue;
    const { labels, value } = fact;
    if (typeof value !== 'number') add({ ...fact, name: 'cgroup.cpu.max', value: 'max' });
    else
      add({
        ...fact,
        name: 'cgroup.cpu.max',
        value: value / (period.get(seriesKey('', labels)) ?? 100_000),
        unit: 'count',
      });
  }
}

/** How many local ports a range allows. */
function portRanges(facts: readonly Fact[], add: (fact: Fact) => void): void {
  for (const fact of facts) {
    if (fact.name !== 'sysctl.net.ipv4.ip_local_port_range') continue;
    const [first, last] = String(fact.value).trim().split(/\s+/).map(Number);
    if (first === undefined || last === undefined || !(last >= first)) continue;
    const source = { ...fact.source, conversion: 'last − first + 1' };
    add({ ...fact, name: 'net.port_range', value: last - first + 1, unit: 'count', source });
  }
}

/** Most memory cgroups that a node ever had in the dump: what walks over them must expect. */
function cgroupCounts(series: readonly Series[], add: (fact: Fact) => void): void {
  for (const { signal, labels, value, source } of series) {
    if (signal !== 'memory.node.cgroups') continue;
    const most = value.reduce((high, x) => (x > high ? x : high), 0);
    if (most > 0) add({ name: 'cgroups.memory', value: most, unit: 'count', labels, source });
  }
}

function memoryNodes(series: readonly Series[], add: (fact: Fact) => void): void {
  const nodes = new Map<string, { ids: Set<string>; labels: Labels; series: Series }>();
  for (const one of series) {
    const id = one.labels['numa_node'];
    if (id === undefined || one.labels['pid'] !== undefined) continue;
    const node = one.labels['node'];
    const entry = nodes.get(node ?? '') ?? {
      ids: new Set<string>(),
      labels: node === undefined ? {} : { node },
      series: one,
    };
    entry.ids.add(id);
    nodes.set(node ?? '', entry);
  }
  for (const { ids, labels, series: one } of nodes.values())
    if (ids.size > 1) add({ name: 'numa.nodes', value: ids.size, labels, source: one.source });
}
