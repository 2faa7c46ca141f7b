import type { ReadingRule } from './reading.js';

export const dose = {
  id: 'dose',
  order: 65,
  says: 'the more traffic a pod has, the harder it was hit',
  deniedBy: 'no relation between traffic and effect',
  all: [{ kind: 'scope', is: 'dose' }],
} as const satisfies ReadingRule;
