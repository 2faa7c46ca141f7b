/**
 * Why a member's name is not used as a path, or null when it is harmless. Nothing is ever written to disk; the name is
 * refused all the same, for what it would do to the next tool that reads our output.
 */
export function nameFault(name: string): string | null {
  if (name === '') return 'empty name';
  if (name.includes('\0')) return 'NUL in the name';
  if (name.length > 4096) return 'name longer than 4096 characters';
  const slashed = name.replaceAll('\\', '/');
  if (slashed.startsWith('/')) return 'absolute path';
  if (/^[A-Za-z]:/.test(slashed)) return 'drive letter';
  if (slashed.split('/').includes('..')) return 'path leaves the archive';
  return null;
}
