import type { ReadingRule } from './reading.js';

export const riseThenPlunge = {
  id: 'rise-then-plunge',
  order: 50,
  says: 'new connections first rise, then plunge below their usual rate, then recover: the accept queue filled up and accepting stopped',
  deniedBy: 'new connections do not rise and plunge',
  all: [{ kind: 'compensation', signal: 'net.tcp.passive_opens', where: 'affected' }],
} as const satisfies ReadingRule;
