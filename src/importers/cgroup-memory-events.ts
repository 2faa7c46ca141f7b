import { looksLikeKeyValues, readKeyValues } from '../proc/key-values.js';
import { baseName } from '../proc/snapshot.js';
import type { Importer } from './importer.js';

const COUNTER = { kind: 'counter', unit: 'count' } as const;

/**
 * `memory.events` of a cgroup v2: how often it was over `memory.high`, hit `memory.max`, ran out of memory, lost a
 * process. `oom_group_kill` since 5.17. `memory.events.local` leaves out the cgroups below; only its name tells.
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
    lines.some((line) => /^(?:low|oom) \d+$/.test(line)) &&
    looksLikeKeyValues(lines, (key) => /^(low|high|max|oom)$/.test(key))
      ? 0.96
      : 0,
  read: (file, sink) => {
    const own = baseName(file.path).includes('memory.events.local');
    const prefix = `cgroup.memory.events.${own ? 'local.' : ''}`;
    return readKeyValues(file, sink, { prefix, hints: () => COUNTER });
  },
} as const satisfies Importer;
