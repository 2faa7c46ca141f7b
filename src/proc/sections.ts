/** Scalar as read from a settings file: a number where it is one, else the text with single blanks. */
export function settingOf(text: string): string | number {
  const trimmed = text.trim();
  if (/^-?\d+(?:\.\d+)?$/.test(trimmed)) {
    const value = Number(trimmed);
    // beyond 2^53 digits would be lost: such limits mean "none" and stay text
    if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
  }
  return trimmed.split(/\s+/).join(' ');
}

/** How many numbers a list like `0-3,8` stands for; undefined when it is none. */
export function listSize(list: string): number | undefined {
  if (!/^\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*$/.test(list.trim())) return undefined;
  let size = 0;
  for (const part of list.trim().split(',')) {
    const [from, to] = part.split('-').map(Number);
    size += to === undefined ? 1 : Math.max(0, to - from! + 1);
  }
  return size;
}
