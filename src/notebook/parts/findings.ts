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
      { title: text.plain('column.change') },
      { title: text.plain('column.pattern') },
      { title: text.plain('column.entity') },
      ...(roles === undefined ? [] : [{ title: text.plain('column.role') }]),
    ],
    rows: findings.map((finding, i): TableValue[] => [
      {
        text: `${formatClock(finding.from)} ±\u00a0${formatDuration(finding.uncertainty)}`,
        cites: finding.sources.slice(0, 2),
      },
      text.signal(finding.signal),
      change(finding, text),
      text.plain(`pattern.${finding.pattern}`),
      { text: entity(finding.labels, 60), code: true },
      ...(roles === undefined ? [] : [roles[i] ?? '']),
    ]),
  };
}

/** From usual to extreme; where rounding makes both alike, by how much they differ. */
function change({ baseline, peak, unit }: Finding, text: Text): string {
  const [usual, extreme] = [text.quantity(baseline, unit), text.quantity(peak, unit)];
  if (usual !== extreme || peak === baseline) return `${usual} → ${extreme}`;
  return `${usual} ${peak > baseline ? '+ ' : '− '}${text.quantity(Math.abs(peak - baseline), unit)}`;
}
