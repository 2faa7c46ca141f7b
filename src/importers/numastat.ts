import { labelled } from '../proc/labels.js';
import { eachLine, fields, firstLine, numberOf } from '../proc/snapshot.js';
import type { Importer } from './importer.js';

const PAGES = { kind: 'counter', unit: 'pages' } as const;

/**
 * Output of `numastat` without options: a column per memory node, pages.
 *
 *                                node0           node1
 *     numa_hit              6812489284      3450910284
 */
export const numastat = {
  id: 'numastat',
  title: 'page allocations by memory node (numastat)',
  format: { reference: 'https://man7.org/linux/man-pages/man8/numastat.8.html', versions: 'numactl 2.0' },
  sniff: ({ lines }) =>
    /^ +node\d+(?: +node\d+)*\s*$/.test(firstLine(lines)) && lines.some((line) => line.startsWith('numa_hit'))
      ? 0.97
      : 0,
  read: async (file, sink) => {
    let nodes: string[] = [];
    await eachLine(file, sink, (text, line, time) => {
      const cells = fields(text);
      if (/^node\d+$/.test(cells[0]!)) {
        nodes = cells.map((cell) => cell.slice(4));
        sink.fact('numa.nodes', nodes.length, { labels: sink.context, line });
        return;
      }
      if (cells.length !== nodes.length + 1)
        return sink.problem('COLUMNS_DIFFER', { expected: nodes.length + 1, found: cells.length }, line);
      nodes.forEach((node, i) => {
        const value = numberOf(cells[i + 1]);
        if (value === undefined) sink.problem('BAD_NUMBER', { found: cells[i + 1]! }, line);
        else
          sink
            .series(`sys.node.numastat.${cells[0]!}`, labelled.with(sink.context, 'numa_node', node), PAGES)
            .push(time, value, line);
      });
    });
  },
} as const satisfies Importer;
