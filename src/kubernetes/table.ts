/** One row of a kubectl table: column header → cell, trimmed; empty for columns the row does not reach. */
export type Row = (column: string) => string;

/** Columns of a table as its header line places them. */
export interface Table {
  readonly columns: readonly string[];
  row(line: string): Row;
}

const CELL = /\S+(?: \S+)*/g;

/** A header: at least two names in capitals, separated by two blanks or more. */
export function tableOf(line: string): Table | undefined {
  if (!/^[A-Z]/.test(line) || /[a-z]{2}/.test(line.replace(/\((?:cores|bytes)\)/g, ''))) return undefined;
  const found = [...line.slice(0, 2000).matchAll(CELL)];
  if (found.length < 2) return undefined;
  const columns = found.map((cell) => cell[0]);
  const starts = found.map((cell) => cell.index);
  return {
    columns,
    row: (text) => {
      const cells = new Map(columns.map((column, i) => [column, text.slice(starts[i], starts[i + 1]).trim()]));
      return (column) => cells.get(column) ?? '';
    },
  };
}
