import { formatClock, formatDuration } from '../../text/quantity.js';
import type { Text } from '../../text/text.js';
import type { Finding } from '../../types/finding.js';
import type { Cell, TableValue } from '../../types/notebook.js';
import { entity } from './pods.js';

/** Findings as a table: when, what, where, how far from usual; with a column of roles where these are given. */
export function findingTable(
  id: string,
  caption: string,
  findings: readonly Finding[],
  text: Text,
  roles?: readonly string[],
): Cell {
  return {
    type: 'table',
    id,
    caption,
    columns: [
      { title: text.plain('column.onset') },
      { title: text.plain('column.signal') },
      { title: text.plain('column.entity') },
      { title: text.plain('column.pattern') },
      { title: text.plain('column.change'), align: 'right' },
      ...(roles === undefined ? [] : [{ title: text.plain('column.role') }]),
    ],
    rows: findings.map((finding, i): TableValue[] => [
      {
        text: `${formatClock(finding.from)} ±\u00a0${formatDuration(finding.uncertainty)}`,
        cites: finding.sources.slice(0, 2),
      },
      text.signal(finding.signal),
      { text: entity(finding.labels, 60), code: true },
      text.plain(`pattern.${finding.pattern}`),
      `${text.quantity(finding.baseline, finding.unit)} → ${text.quantity(finding.peak, finding.unit)}`,
      ...(roles === undefined ? [] : [roles[i] ?? '']),
    ]),
  };
}
