import type { ReadingRule } from './reading.js';

export const oneNode = {
  id: 'one-node',
  order: 60,
  says: 'all pods that were hit live on one node, pods elsewhere were spared',
  deniedBy: 'pods on several nodes were hit',
  all: [{ kind: 'scope', is: 'one-node' }],
} as const satisfies ReadingRule;
