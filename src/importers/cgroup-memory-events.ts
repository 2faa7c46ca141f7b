import { looksLikeKeyValues, readKeyValues } from '../proc/key-values.js';
import type { Importer } from './importer.js';

const COUNTER = { kind: 'counter', unit: 'count' } as const;

/**
 * `memory.events` of a cgroup v2: how often it was over `memory.high`, hit `memory.max`, ran out of memory, lost a
 * process. `oom_group_kill` since 5.17.
 *
 *     low 0
 *     high 9
 *     max 0
 *     oom 0
 *     oom_kill 0
 */
export const cgroupMemoryEvents = {
  id: 'cgroup-memory-events',
  title: 'memory events of a cgroup (memory.events)',
  format: {
    reference: 'https://docs.kernel.org/admin-guide/cgroup-v2.html#memory-interface-files',
    versions: 'cgroup v2',
  },
  sniff: ({ lines }) =>
    lines.some((line) => /^high \d+$/.test(line)) &&
    looksLikeKeyValues(lines, (key) => /^(low|high|max|oom)$/.test(key))
      ? 0.96
      : 0,
  read: (file, sink) => readKeyValues(file, sink, { prefix: 'cgroup.memory.events.', hints: () => COUNTER }),
} as const satisfies Importer;
