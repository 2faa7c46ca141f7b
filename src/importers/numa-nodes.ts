import { labelled } from '../proc/labels.js';
import { settingOf } from '../proc/sections.js';
import { eachLine, numberOf } from '../proc/snapshot.js';
import type { Importer, SeriesHints, Sink } from './importer.js';

const SECTION = /^={2,80}>? *(?:\S*\/)?node(\d+)\/(\w+)(?: *<?==+)?$/;
const MEMINFO = /^Node (\d+) ([A-Z][\w()]*): +(\d+)( kB)?$/;
const STAT = /^(numa_hit|numa_miss|numa_foreign|interleave_hit|local_node|other_node) (\d+)$/;
const BYTES: SeriesHints = { kind: 'gauge', unit: 'bytes', conversion: '× 1024 (KiB → bytes)' };
const COUNT: SeriesHints = { kind: 'gauge', unit: 'count' };
const PAGES: SeriesHints = { kind: 'counter', unit: 'pages' };

/**
 * Files of `/sys/devices/system/node/node*`: `meminfo` (each line says its node), `numastat` (pages), `cpulist`, alone or
 * several in one file behind `== node0/meminfo` or `==> …/node0/meminfo <==`. The number of nodes becomes a fact when
 * the file shows several, or lists them behind headings.
 *
 *     == node0/cpulist
 *     0-1
 *     == node0/meminfo
 *     Node 0 MemTotal:         598136 kB
 */
export const numaNodes = {
  id: 'numa-nodes',
  title: 'memory nodes (/sys/devices/system/node)',
  format: { reference: 'https://docs.kernel.org/admin-guide/numastat.html', versions: 'Linux 2.6–6.x' },
  sniff: ({ lines }) => {
    const first = lines.slice(0, 3);
    if (first.some((line) => SECTION.test(line))) return 0.95;
    if (first.some((line) => /^Node \d+ MemTotal:/.test(line))) return 0.96;
    return STAT.test(lines[0] ?? '') && lines.length <= 8 && STAT.test(lines[1] ?? '') ? 0.97 : 0;
  },
  read: async (file, sink) => {
    const nodes = new Map<string, number>();
    let headed = false;
    let node = sink.context['numa_node'] ?? '';
    let section = '';
    await eachLine(file, sink, (text, line, time) => {
      const heading = SECTION.exec(text);
      if (heading !== null) {
        headed = true;
        [, node, section] = heading as unknown as [string, string, string];
        if (!nodes.has(node)) nodes.set(node, line);
        return;
      }
      const memory = MEMINFO.exec(text);
      if (memory !== null) {
        if (!nodes.has(memory[1]!)) nodes.set(memory[1]!, line);
        const labels = labelled.with(sink.context, 'numa_node', memory[1]!);
        const kib = memory[4] !== undefined;
        const value = Number(memory[3]) * (kib ? 1024 : 1);
        sink.series(`sys.node.meminfo.${memory[2]!}`, labels, kib ? BYTES : COUNT).push(time, value, line);
      } else other(text, line, time, node, section, sink);
    });
    if (headed || nodes.size > 1)
      sink.fact('numa.nodes', nodes.size, { labels: {}, line: [...nodes.values()][0] ?? 0 });
  },
} as const satisfies Importer;

/** Files of a node that hold names and numbers throughout. */
const LISTS = new Set(['meminfo', 'numastat', 'vmstat']);

function other(text: string, line: number, time: number, node: string, section: string, sink: Sink): void {
  const labels = node === '' ? sink.context : labelled.with(sink.context, 'numa_node', node);
  const stat = STAT.exec(text);
  if (stat !== null) sink.series(`sys.node.numastat.${stat[1]!}`, labels, PAGES).push(time, Number(stat[2]), line);
  else if (/^(?:Node\b|numa_|interleave_|local_node|other_node)/.test(text))
    sink.problem('BAD_LINE', { expected: 'a line of a memory node', found: text }, line);
  else if (section === 'cpulist') sink.fact('numa.cpus', text.trim(), { labels, line });
  else if (section !== '') {
    const [key, value] = text.trim().split(/\s+/, 2);
    const number = numberOf(value);
    if (number === undefined && LISTS.has(section))
      sink.problem('BAD_LINE', { expected: 'a name and a number', found: text }, line);
    else if (number === undefined) sink.fact(`sys.node.${section}`, settingOf(text), { labels, line });
    else sink.series(`sys.node.${section}.${key!}`, labels, COUNT).push(time, number, line);
  } else sink.problem('BAD_LINE', { expected: 'a line of a memory node', found: text }, line);
}
