import type { Importer, Sink } from './importer.js';
import { isTree } from './tools/sysstat-tree.js';

/** Fields that other parts of the tool ask for → their names as facts. */
const CANONICAL: ReadonlyMap<string, string> = new Map([
  ['CPU(s)', 'cpu.count'],
  ['Thread(s) per core', 'cpu.threads_per_core'],
  ['Core(s) per socket', 'cpu.cores_per_socket'],
  ['Socket(s)', 'cpu.sockets'],
  ['NUMA node(s)', 'numa.nodes'],
  ['Model name', 'cpu.model'],
  ['Hypervisor vendor', 'host.hypervisor'],
  ['Architecture', 'host.machine'],
]);

/**
 * `lscpu`, text and `-J`: the processors, as facts under lscpu's own field names and ours.
 *
 * ```
 * Architecture:          x86_64
 * CPU(s):                2
 * NUMA node(s):          1
 * NUMA node0 CPU(s):     0,1
 * ```
 */
export const lscpu: Importer = {
  id: 'lscpu',
  title: 'lscpu',
  format: { reference: 'https://man7.org/linux/man-pages/man1/lscpu.1.html', versions: 'util-linux 2.20 and later' },
  sniff({ lines, text }) {
    if (/^\s{0,10}\{\s{0,10}"lscpu"\s{0,4}:/.test(text)) return 0.97;
    const names = new Set(lines.slice(0, 80).map((line) => fieldOf(line)?.name));
    const known = ['Architecture', 'CPU(s)', 'Socket(s)', 'Model name', 'Vendor ID', 'Thread(s) per core'].filter(
      (name) => names.has(name),
    );
    return known.length >= 3 ? 0.97 : known.includes('CPU(s)') ? 0.7 : 0;
  },
  async read(file, sink) {
    let fields = 0;
    if (file.head.text.trimStart().startsWith('{')) fields = json(await file.text(), sink);
    else {
      let number = 0;
      for await (const line of file.lines()) {
        number++;
        const field = fieldOf(line);
        if (field === undefined) continue;
        fields++;
        state(sink, field.name, field.value, number);
      }
    }
    if (fields === 0) sink.problem('NO_ROWS');
    sink.format(`lscpu, ${fields} fields`);
  },
};

function fieldOf(line: string): { name: string; value: string } | undefined {
  const colon = line.indexOf(':');
  if (colon < 1 || colon > 60 || line.length > 20_000) return undefined;
  const value = line.slice(colon + 1).trim();
  return value === '' ? undefined : { name: line.slice(0, colon).trim(), value };
}

function state(sink: Sink, name: string, value: string, line?: number): void {
  const at = line === undefined ? {} : { line };
  sink.fact(`lscpu.${name}`, value, { labels: sink.context, ...at });
  const canonical = CANONICAL.get(name);
  if (canonical !== undefined)
    sink.fact(canonical, /^\d{1,9}$/.test(value) ? Number(value) : value, { labels: sink.context, ...at });
  const node = /^NUMA node(\d{1,4}) CPU\(s\)$/.exec(name)?.[1];
  if (node !== undefined) sink.fact('numa.cpus', value, { labels: { ...sink.context, numa_node: node }, ...at });
}

function json(text: string, sink: Sink): number {
  let fields = 0;
  const walk = (list: unknown, depth: number): void => {
    if (!Array.isArray(list) || depth > 8) return;
    for (const entry of list as readonly unknown[]) {
      if (!isTree(entry)) continue;
      const { field, data, children } = entry as { field?: unknown; data?: unknown; children?: unknown };
      if (typeof field === 'string' && typeof data === 'string') {
        fields++;
        state(sink, field.replace(/:$/, ''), data);
      }
      walk(children, depth + 1);
    }
  };
  try {
    const root: unknown = JSON.parse(text);
    walk(isTree(root) ? root['lscpu'] : undefined, 0);
  } catch (error) {
    sink.problem('UNREADABLE', { reason: error instanceof Error ? error.message : 'not JSON' });
  }
  return fields;
}
