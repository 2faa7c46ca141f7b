import type { Text } from '../../text/text.js';
import type { Scope } from '../../types/diagnosis.js';

/** How far the trouble reached, in words. */
export function levelText({ level, affected }: Scope, text: Text): string {
  return text.plain(level === 'pod' && affected.length === 1 ? 'level.pod.one' : `level.${level}`);
}

/** Name of the one node that an incident on a node happened on; undefined where it is not one, or is not told. */
export function nodeOf({ level, affected }: Scope): string | undefined {
  if (level !== 'node') return undefined;
  const nodes = new Set(affected.map(({ node }) => node));
  return nodes.size === 1 ? affected[0]?.node : undefined;
}
