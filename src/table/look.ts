import type { Head } from '../types/dump.js';
import { columnName } from './names.js';
import { splitRecord } from './records.js';
import { lookAtTable, type TableLook } from './read.js';
import { isTimeName } from './columns.js';

const looks = new WeakMap<Head, TableLook | null>();

/** The look at a file's head, taken once however many importers ask. */
export function look(head: Head): TableLook | null {
  let found = looks.get(head);
  if (found === undefined) {
    const lines = head.complete ? head.lines : head.lines.slice(0, -1);
    looks.set(head, (found = lookAtTable(lines, splitRecord)));
  }
  return found;
}

/** Headers of a length that only prose has, or text behind times without any header: a log. */
function isProse({ header, roles }: TableLook): boolean {
  const bare = header[0] === 'column 1' && header.at(-1) === `column ${header.length}`;
  if (bare && roles.columns.some(({ role }) => role === 'text')) return true;
  return header.some((cell) => cell.length > 2000 && columnName(cell).local);
}

/**
 * How surely a head is a table with a course of time at all, 0 to 0.6: even rows, a column of times, a header. Importers
 * of particular tables stand above this.
 */
export function tableScore(table: TableLook): number {
  const { roles, rows, even, timed, header } = table;
  if (header.length < 2) return 0;
  if (rows === 0) return isTimeName(header[0]!) ? 0.4 : 0;
  if (roles.time === undefined || even < 0.5) return 0;
  if (isProse(table)) return 0;
  const numbers = roles.columns.some(({ role, index }) => role === 'value' && index !== roles.time?.index);
  const named = isTimeName(roles.time.header);
  if (timed < 0.5 && !(named && roles.time.mangled > 0.2)) return 0;
  return (numbers ? 0.4 : 0.3) + (named ? 0.1 : 0) + (even > 0.9 ? 0.05 : 0);
}
