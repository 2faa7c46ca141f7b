import type { ReadingRule } from './reading.js';

export const numaMigration = {
  id: 'numa-migration',
  order: 110,
  says: 'pages were moved between NUMA nodes while it happened',
  deniedBy: 'no unusual page migration between NUMA nodes',
  all: [],
  any: [
    { kind: 'change', signal: 'numa.node.pages_migrated', direction: 'up', where: 'node', atLeast: 800 },
    { kind: 'change', signal: 'numa.process.pages_migrated', direction: 'up', where: 'affected', atLeast: 100 },
  ],
} as const satisfies ReadingRule;
