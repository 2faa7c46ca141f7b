import { labelled } from '../proc/labels.js';
import { eachLine, numberOf } from '../proc/snapshot.js';
import type { Importer, SeriesHints } from './importer.js';

const MIB: SeriesHints = { kind: 'gauge', unit: 'bytes', conversion: '× 1048576 (MB → bytes)' };
const AVAILABLE = /^available: (\d{1,5}) nodes? \(/;
const NODE = /^node (\d{1,5}) (cpus|size|free):(.*)$/;

/**
 * `numactl -H`: the memory nodes, their CPUs and memory, and their distances. Facts `numa.nodes`, `numa.cpus`,
 * `numa.distance`.
 *
 *     available: 2 nodes (0-1)
 *     node 0 cpus: 0 1 2 3
 *     node 0 size: 64200 MB
 *     node 0 free: 1024 MB
 *     node distances:
 *     node   0   1
 *       0:  10  21
 */
export const numactlHardware = {
  id: 'numactl-hardware',
  title: 'memory nodes and their distances (numactl -H)',
  format: { reference: 'https://man7.org/linux/man-pages/man8/numactl.8.html', versions: 'numactl 2.0' },
  sniff: ({ lines }) => (lines.slice(0, 20).some((line) => AVAILABLE.test(line)) ? 0.97 : 0),
  read: async (file, sink) => {
    let columns: string[] = [];
    await eachLine(file, sink, (text, line, time) => {
      const count = AVAILABLE.exec(text)?.[1];
      if (count !== undefined) return sink.fact('numa.nodes', Number(count), { labels: sink.context, line });
      const [, node, what, rest = ''] = NODE.exec(text) ?? [];
      if (node !== undefined) {
        const labels = labelled.with(sink.context, 'numa_node', node);
        if (what === 'cpus') return sink.fact('numa.cpus', rest.trim(), { labels, line });
        const value = numberOf(rest.replace('MB', '').trim());
        if (value === undefined) return sink.problem('BAD_NUMBER', { found: rest }, line);
        const name = what === 'size' ? 'sys.node.meminfo.MemTotal' : 'sys.node.meminfo.MemFree';
        return sink.series(name, labels, MIB).push(time, value * 1_048_576, line);
      }
      if (/^node(?:\s+\d{1,5})+\s*$/.test(text)) columns = text.trim().split(/\s+/).slice(1);
      const [, from, distances = ''] = /^\s{0,6}(\d{1,5}):((?:\s+\d{1,5})+)\s*$/.exec(text) ?? [];
      if (from === undefined) return;
      const labels = labelled.with(sink.context, 'numa_node', from);
      for (const [i, distance] of distances.trim().split(/\s+/).entries())
        if (columns[i] !== undefined)
          sink.fact('numa.distance', Number(distance), { labels: labelled.with(labels, 'to', columns[i]), line });
    });
  },
} as const satisfies Importer;
