import { formatCount, formatDuration } from '../../text/quantity.js';
import type { Text } from '../../text/text.js';
import type { Inquiry } from '../../types/inquiry.js';
import type { Cell, TableValue } from '../../types/notebook.js';
import { timelineCell } from './pictures.js';

const DRAWN = 4;

/** Without an incident: the symptoms over the whole recording, and how small a change of each would have been seen. */
export function visibleCells(inquiry: Inquiry, text: Text, prefix: string): Cell[] {
  const visible = inquiry.diagnosis.visible ?? [];
  if (visible.length === 0) return [{ type: 'markdown', id: `${prefix}visible-none`, text: text.t('visible.none') }];
  const right = (title: string): { title: string; align: 'right' } => ({ title, align: 'right' });
  const lengths = visible[0]!.smallest.map(({ duration }) => formatDuration(duration));
  const signals = visible.slice(0, DRAWN).map(({ signal }) => signal);
  const chart = timelineCell(
    `${prefix}visible-chart`,
    signals,
    { inquiry, incident: undefined, text },
    {
      alt: text.plain('visible.alt', { signals: text.list(signals.map((signal) => text.signal(signal))) }),
      caption: text.plain('visible.chart'),
      legend: false,
    },
  );
  const table: Cell = {
    type: 'table',
    id: `${prefix}visible`,
    caption: text.plain('visible.caption'),
    columns: [
      { title: text.plain('column.signal') },
      right(text.plain('column.series')),
      right(text.plain('column.usual')),
      ...lengths.map((duration) => right(text.plain('visible.change', { duration }))),
    ],
    rows: visible.map(({ signal, unit, series, usual, smallest, sources }): TableValue[] => [
      { text: text.signal(signal), cites: sources },
      formatCount(series),
      usual === null ? '' : text.quantity(usual, unit),
      ...smallest.map(({ change }) =>
        change === null ? text.plain('visible.blind') : `+${text.quantity(change, unit)}`,
      ),
    ]),
  };
  return [table, ...(chart === undefined ? [] : [chart])];
}
