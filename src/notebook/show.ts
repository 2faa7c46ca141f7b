import type { ColumnTable } from 'arquero';
import { visible } from '../text/escape.js';
import { formatNumber, formatTime } from '../text/quantity.js';
import type { Cell, TableValue } from '../types/notebook.js';

/** An arquero table as a cell, at most `limit` rows; a numeric column `time` is printed as an instant. */
export function tableCell(table: ColumnTable, id: string, limit: number): Cell {
  const names = table.columnNames();
  const rows: TableValue[][] = [];
  const count = Math.min(limit, table.numRows());
  for (let row = 0; row < count; row++) rows.push(names.map((name) => shown(name, table.get(name, row))));
  return {
    type: 'table',
    id,
    columns: names.map((title) =>
      typeof table.get(title, 0) === 'number' && title !== 'time'
        ? { title: visible(title), align: 'right' }
        : { title: visible(title) },
    ),
    rows,
  };
}

function shown(name: string, value: unknown): TableValue {
  if (typeof value === 'number') return name === 'time' ? formatTime(value) : formatNumber(value, 6);
  if (value === null || value === undefined) return '';
  return visible(typeof value === 'string' ? value : inspect(value));
}

function inspect(value: unknown): string {
  if (typeof value === 'boolean' || typeof value === 'bigint') return value.toString();
  return typeof value === 'object' ? JSON.stringify(value) : typeof value;
}
