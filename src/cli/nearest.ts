/** The name that a mistyped one most likely means: the one that shares most pairs of letters; undefined when none is like it. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const own = pairs(word);
  const alike = (name: string): number => {
    const other = pairs(name);
    return (2 * [...other].filter((pair) => own.has(pair)).length) / Math.max(1, other.size + own.size);
  };
  const best = [...names].sort((a, b) => alike(b) - alike(a) || (a < b ? -1 : 1))[0];
  return best !== undefined && alike(best) >= ALIKE ? best : undefined;
}

const ALIKE = 0.35;

function pairs(word: string): Set<string> {
  return new Set(Array.from({ length: Math.max(0, word.length - 1) }, (_, i) => word.slice(i, i + 2)));
}
