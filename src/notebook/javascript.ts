import * as aq from 'arquero';
import type { TopLevelSpec } from 'vega-lite';
import { InquestError } from '../errors.js';
import { visible } from '../text/escape.js';
import type { Inquiry } from '../types/inquiry.js';
import type { Cell } from '../types/notebook.js';
import type { Labels } from '../types/series.js';
import { tableCell } from './show.js';

const ROWS = 200;
const CHARACTERS = 20_000;

class ChartValue {
  readonly spec: TopLevelSpec;
  constructor(spec: TopLevelSpec) {
    this.spec = spec;
  }
}

/**
 * The last value of a cell's code as cells: a table, a chart, or text. The code sees `dump`, `table`, `findings`,
 * `incidents`, `aq` and `chart`. It is the person's own program and not confined.
 * @throws InquestError `BAD_NOTEBOOK` with the cell's line when the code fails
 */
export function runJavaScript(code: string, line: number, id: string, inquiry: Inquiry): Cell[] {
  const scope: Record<string, unknown> = {
    dump: inquiry.case,
    inquiry,
    table: (signal: string, labels?: Labels) => inquiry.table(signal, labels),
    findings: inquiry.diagnosis.findings,
    incidents: inquiry.diagnosis.incidents,
    aq,
    chart: (spec: TopLevelSpec) => new ChartValue(spec),
  };
  let value: unknown;
  try {
    // eval inside a function gives the value of the last statement, with the names of the scope in reach
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- runs only a notebook that the person named
    value = new Function(...Object.keys(scope), '__code', 'return eval(__code)')(...Object.values(scope), code);
  } catch (error) {
    throw new InquestError(
      'BAD_NOTEBOOK',
      `line ${line}: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`,
    );
  }
  return shown(value, id);
}

function shown(value: unknown, id: string): Cell[] {
  if (value === undefined) return [];
  if (value instanceof ChartValue) {
    const { description, title } = value.spec as { description?: string; title?: unknown };
    const alt = description ?? (typeof title === 'string' ? title : id);
    return [{ type: 'chart', id, spec: value.spec, alt }];
  }
  if (isTable(value)) return [tableCell(value, id, ROWS)];
  if (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((row) => typeof row === 'object' && row !== null && !Array.isArray(row))
  )
    return [tableCell(aq.from(value), id, ROWS)];
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return [{ type: 'command', id, text: visible(text ?? typeof value, CHARACTERS) }];
}

function isTable(value: unknown): value is aq.ColumnTable {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { columnNames?: unknown }).columnNames === 'function'
  );
}
