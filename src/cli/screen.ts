import { formatCount } from '../text/quantity.js';

/** `12 345`, or with a word: `1 file`, `12 345 files`. */
export function count(n: number, one?: string, many?: string): string {
  const digits = formatCount(n, '\u202f');
  if (one === undefined) return digits;
  return `${digits} ${n === 1 ? one : (many ?? `${one}s`)}`;
}

/** Cells a text takes on a terminal: East Asian wide characters take two. */
export function cells(text: string): number {
  let n = 0;
  for (const c of text)
    n += /\p{Mn}/u.test(c)
      ? 0
      : c >= '\u1100' &&
          /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(c)
        ? 2
        : 1;
  return n;
}

function pad(text: string, width: number, right: boolean): string {
  const fill = ' '.repeat(Math.max(0, width - cells(text)));
  return right ? fill + text : text + fill;
}

/** Lines of a table; columns that are empty throughout are left out. */
export function columns(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[],
  bold: (text: string) => string,
): string[] {
  const used = head.map((_, i) => i).filter((i) => rows.some((row) => (row[i] ?? '') !== ''));
  const widths = used.map((i) => Math.max(cells(head[i]!), ...rows.map((row) => cells(row[i] ?? ''))));
  const line = (row: readonly string[]): string =>
    used
      .map((i, k) => pad(row[i] ?? '', widths[k]!, right.includes(i)))
      .join('  ')
      .trimEnd();
  return [bold(line(head)), ...rows.map(line)];
}

/** A label and a list of names over at most `lines` lines of `width`. */
export function wrap(label: string, names: readonly string[], width: number, lines: number): string[] {
  const found: string[] = [];
  let line = '';
  let used = 0;
  for (const name of names) {
    const next = line === '' ? name : `${line} · ${name}`;
    if (cells(next) + 2 > width && line !== '') {
      if (found.length === lines - 1) break;
      found.push(line);
      line = name;
    } else line = next;
    used++;
  }
  if (line !== '') found.push(line);
  if (used < names.length) found[found.length - 1] = `${found.at(-1) ?? ''} · and ${names.length - used} more`;
  return [label, ...found.map((text) => `  ${text}`)];
}
