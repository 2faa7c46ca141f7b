import type { Sink } from '../importer.js';

const NUMBER = /^[+-]?\d{1,40}(?:[.,]\d{1,20})?(?:[eE][+-]?\d{1,3})?$/;

/** The words of a line, split at white space; none for a blank line. */
export function words(line: string): string[] {
  const trimmed = line.trim();
  return trimmed === '' ? [] : trimmed.split(/\s+/);
}

/** The number a cell holds, with decimal point or decimal comma; NaN for anything else (`-`, `nan`, words). */
export function numberOf(cell: string | undefined): number {
  if (cell === undefined || !NUMBER.test(cell)) return Number.NaN;
  return Number(cell.replace(',', '.'));
}

/** Whether a cell is a number as tools print it, `nan` included. */
export function isNumber(cell: string | undefined): boolean {
  return cell !== undefined && (NUMBER.test(cell) || /^-?nan$/i.test(cell));
}

/**
 * Whether a cell holds no number. What stands for a missing one (nothing, dashes, `n/a`) passes in silence; anything else
 * is reported.
 */
export function badCell(sink: Pick<Sink, 'problem'>, cell: string | undefined, line: number): boolean {
  if (isNumber(cell)) return false;
  reportCell(sink, cell, line);
  return true;
}

/** Reports a cell that was to be a number and could not be read, unless it stands for a missing one. */
export function reportCell(sink: Pick<Sink, 'problem'>, cell: string | undefined, line: number): void {
  if (cell !== undefined && !MISSING.test(cell)) sink.problem('BAD_NUMBER', { found: cell.slice(0, 80) }, line);
}

const MISSING = /^(?:|[-*?.]{1,8}|n\/?a|none|null|<none>|unlimited|-?nan)$/i;

/** Half a unit of the last printed digit: 0.005 for `1.25`, 0.5 for `12`. */
export function roundingOf(cell: string): number {
  const point = Math.max(cell.lastIndexOf('.'), cell.lastIndexOf(','));
  return point === -1 ? 0.5 : 0.5 * 10 ** -(cell.length - point - 1);
}

const SIZE = /^([+-]?\d{1,40}(?:[.,]\d{1,20})?)\s?([kKmMgGtTpPeE]?)(i?)[bB]?$/;

/**
 * Bytes of a human-readable size: `15.5g`, `256M`, `1.5GiB`, `12B`. Powers of 1024, as procps and coreutils print them;
 * NaN for anything else.
 * @param unit factor of a number without suffix
 */
export function bytesOf(cell: string | undefined, unit = 1): number {
  const parts = cell === undefined ? null : SIZE.exec(cell);
  if (parts === null) return Number.NaN;
  const power = 'kmgtpe'.indexOf((parts[2] ?? '').toLowerCase());
  const value = Number((parts[1] ?? '').replace(',', '.'));
  return parts[2] === '' ? value * unit : value * 1024 ** (power + 1);
}

/** Milliseconds of a text in seconds, exact to the nanosecond. */
export function millisecondsOf(seconds: string | undefined): number {
  return Math.round(Number(seconds) * 1e9) / 1e6;
}

/** A copy of labels without empty and undefined values. */
export function labelsOf(entries: Iterable<readonly [string, string | undefined]>): Record<string, string> {
  const labels = Object.create(null) as Record<string, string>;
  for (const [name, value] of entries) if (value !== undefined && value !== '') labels[name] = value;
  return labels;
}

/** Rest of a line from the start of its nth word (0-based); empty when there are fewer words. */
export function restFrom(line: string, nth: number): string {
  let at = 0;
  const space = (i: number): boolean => line.charCodeAt(i) === 32 || line.charCodeAt(i) === 9;
  while (at < line.length && space(at)) at++;
  for (let i = 0; i < nth; i++) {
    while (at < line.length && !space(at)) at++;
    while (at < line.length && space(at)) at++;
  }
  return line.slice(at).trimEnd();
}
