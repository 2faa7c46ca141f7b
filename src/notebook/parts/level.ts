import type { Scope } from '../../types/diagnosis.js';

/** Name of the one node that an incident on a node happened on; undefined where it is not one, or is not told. */
export function nodeOf({ level, affected }: Scope): string | undefined {
  if (level !== 'node') return undefined;
  const nodes = new Set(affected.map(({ node }) => node));
  return nodes.size === 1 ? affected[0]?.node : undefined;
}
