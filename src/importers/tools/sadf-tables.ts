import { tableOf, type Table } from './sar-table.js';
import { ITEMS } from './sysstat.js';
import { isNumber } from './text.js';

/** A table in a head of `sadf -d`; with `-h` a line holds several, and those that repeat say so by `[...]`. */
export interface HeadTable extends Table {
  readonly repeats: boolean;
}

/** The tables of a head, in order: one, or with `sadf -d -h` all of them beside each other. */
export function headTables(columns: readonly string[]): HeadTable[] {
  const tables: HeadTable[] = [];
  let own: string[] = [];
  const close = (repeats: boolean): void => {
    if (own.length > 0) tables.push({ ...tableOf(own), repeats });
    own = [];
  };
  for (const column of columns) {
    const repeats = column.endsWith('[...]');
    const name = repeats ? column.slice(0, -5) : column;
    // within a table no name comes twice
    if (ITEMS.has(name) || own.includes(name) || name === 'call/s') close(false);
    own.push(name);
    // NFS is followed by tables whose names it must not lend its own
    if (repeats || name === 'getatt/s') close(repeats);
  }
  close(false);
  return tables;
}

/** Shares that are tried at most for a line: more than any host has CPUs and devices, and no deep recursion. */
const TRIES = 5000;

/** One table's share of a line. */
export interface Share {
  readonly table: Table;
  readonly cells: readonly string[];
}

/**
 * Deals the cells of a line out to the tables of its head. A table repeats as long as the next cell can name another of
 * its entities and the cells of all tables come out even.
 * @returns null where the cells do not fit: more or fewer than the head announces
 */
export function shares(tables: readonly HeadTable[], cells: readonly string[]): Share[] | null {
  const [only] = tables;
  if (tables.length === 1 && only?.columns.at(-1) === 'CPU*') return [interrupts(only, cells)];
  // beside other tables, how many CPUs there are cannot be told
  if (tables.some(({ columns }) => columns.includes('CPU*'))) return null;
  const dealt: Share[] = [];
  return deal(tables, cells, { table: 0, at: 0, before: undefined }, dealt, { left: TRIES }) ? dealt : null;
}

/** `INTR;CPU*` stands for all CPUs together and then each of them. */
function interrupts(table: HeadTable, cells: readonly string[]): Share {
  const names = cells.slice(table.columns.length).map((_, cpu) => `CPU${cpu}`);
  return { table: { ...table, columns: [...table.columns.slice(0, -1), 'all', ...names] }, cells };
}

interface Position {
  readonly table: number;
  readonly at: number;
  /** Entity of the share before, of the same table. */
  readonly before: string | undefined;
}

function deal(
  tables: readonly HeadTable[],
  cells: readonly string[],
  { table: index, at, before }: Position,
  dealt: Share[],
  tries: { left: number },
): boolean {
  const table = tables[index];
  // a text of the last table may hold the separator
  if (table === undefined) return at === cells.length || tables.length === 1;
  if (tries.left-- <= 0) return false;
  const end = at + table.columns.length;
  if (end > cells.length) return false;
  const own = cells.slice(at, end);
  if (before !== undefined && !follows(table, before, own[table.item]!)) return false;
  if (tables.length > 1 && !plausible(table, own)) return false;
  dealt.push({ table, cells: own });
  const again = table.repeats && deal(tables, cells, { table: index, at: end, before: own[table.item] }, dealt, tries);
  if (again || deal(tables, cells, { table: index + 1, at: end, before: undefined }, dealt, tries)) return true;
  dealt.pop();
  return false;
}

/** Whether a cell can name the entity after `before`: CPUs are counted up from -1, other entities are no numbers. */
function follows(table: Table, before: string, cell: string): boolean {
  return table.label === 'cpu' ? cell === String(Number(before) + 1) : !isNumber(cell);
}

/** Whether cells can be a table's share: interfaces and disks have names, everything else is a number. */
function plausible(table: Table, cells: readonly string[]): boolean {
  return cells.every((cell, i) => (i === table.item ? table.label !== 'device' || !isNumber(cell) : isNumber(cell)));
}
