import { labelled } from '../proc/labels.js';
import { eachLine, firstLine, numberOf } from '../proc/snapshot.js';
import type { Importer } from './importer.js';

const LINE =
  /^[0-9a-f]{6,16} (default|local|preferred?(?: \(many\))?|prefer(?:=\w+)?:[\d,-]+|bind(?:=\w+)?:[\d,-]+|interleave(?:=\w+)?:[\d,-]+|weighted interleave:[\d,-]+)(?: |$)/;
const BYTES = { kind: 'gauge', unit: 'bytes', conversion: 'pages × kernelpagesize_kB × 1024' } as const;

/**
 * `/proc/PID/numa_maps`: on which memory node the pages of each mapping lie; summed over mappings, in bytes, by node. The
 * policies found, and how many pages lie outside the nodes they are bound to, are facts. `mapped=` is left out by the
 * kernel where it equals `anon=` or `dirty=`.
 *
 *     7f0c0000 bind:0 anon=25600 dirty=25600 N0=18602 N1=6998 kernelpagesize_kB=4
 */
export const procPidNumaMaps = {
  id: 'proc-pid-numa-maps',
  title: 'memory of a process by node (/proc/PID/numa_maps)',
  format: { reference: 'https://man7.org/linux/man-pages/man7/numa.7.html', versions: 'Linux 2.6.14–6.x' },
  sniff: ({ lines }) => (LINE.test(firstLine(lines)) ? 0.97 : 0),
  read: async (file, sink) => {
    let pages = new Map<string, number>();
    let policies = new Map<string, number>();
    let astray = 0;
    const flush = (time: number): void => {
      for (const [node, bytes] of pages)
        sink
          .series('proc.pid.numa_maps.bytes', labelled.with(sink.context, 'numa_node', node), BYTES)
          .push(time, bytes);
      for (const [policy, count] of policies) sink.fact(`numa.policy.${policy}`, count, { labels: sink.context });
      if ([...policies.keys()].some((policy) => policy.startsWith('bind')))
        sink.fact('numa.pages_off_bound_node', astray, { labels: sink.context, unit: 'pages' });
      pages = new Map();
      policies = new Map();
      astray = 0;
    };
    await eachLine(
      file,
      sink,
      (text, line) => {
        const match = LINE.exec(text);
        if (match === null) return sink.problem('BAD_LINE', { expected: 'a mapping and its nodes', found: text }, line);
        const policy = match[1]!;
        const size = numberOf(/ kernelpagesize_kB=(\d+)/.exec(text)?.[1]) ?? 4;
        const bound = policy.startsWith('bind') ? nodesOf(policy.slice(policy.indexOf(':') + 1)) : undefined;
        policies.set(policy, (policies.get(policy) ?? 0) + 1);
        const nodes = [...text.matchAll(/ N(\d+)=(\d+)(?= |$)/g)];
        if (nodes.length < text.split(' N').length - 1)
          sink.problem('BAD_LINE', { expected: 'a mapping and its nodes', found: text }, line);
        for (const [, node, count] of nodes) {
          pages.set(node!, (pages.get(node!) ?? 0) + Number(count) * size * 1024);
          if (bound !== undefined && !bound.has(Number(node))) astray += Number(count);
        }
      },
      { flush },
    );
  },
} as const satisfies Importer;

function nodesOf(list: string): Set<number> {
  const nodes = new Set<number>();
  for (const part of list.split(',')) {
    const [from, to] = part.split('-').map(Number);
    for (let node = from!; node <= Math.min(to ?? from!, from! + 1024); node++) nodes.add(node);
  }
  return nodes;
}
