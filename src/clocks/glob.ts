/**
 * Whether a path matches a pattern: `*` any characters but `/`, `**` any, `?` one. A pattern without `/` is matched
 * against the last part of the path as well. Time grows with the product of both lengths at worst.
 */
export function glob(pattern: string, path: string): boolean {
  if (matches(pattern, path)) return true;
  return !pattern.includes('/') && matches(pattern, path.slice(path.lastIndexOf('/') + 1));
}

function matches(pattern: string, path: string): boolean {
  // set of positions in the pattern that the path read so far can have reached
  const tokens = pattern.match(/\*{2,}|\*|\?|[^*?]/gu) ?? [];
  let at = follow(new Set([0]), tokens);
  for (const char of path) {
    const next = new Set<number>();
    for (const position of at) {
      const token = tokens[position];
      if (token === undefined) continue;
      if (token.startsWith('**') || (token === '*' && char !== '/')) next.add(position);
      else if (token === char || (token === '?' && char !== '/')) next.add(position + 1);
    }
    at = follow(next, tokens);
    if (at.size === 0) return false;
  }
  return at.has(tokens.length);
}

/** Positions with those added that are reached by letting a star match nothing. */
function follow(positions: Set<number>, tokens: readonly string[]): Set<number> {
  for (const position of positions) if (tokens[position]?.startsWith('*') === true) positions.add(position + 1);
  return positions;
}
