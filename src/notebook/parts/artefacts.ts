import { formatClock, formatDuration, formatTime, timeAfter } from '../../text/quantity.js';
import type { Text } from '../../text/text.js';
import type { Artefact } from '../../types/artefact.js';
import type { Cell, Column, TableValue } from '../../types/notebook.js';

/** Rows in the open table; further ones are folded. */
const SHOWN = 8;

/** What an artefact is, in a few words. */
export function artefactName({ kind, step, corrected }: Artefact, text: Text): string {
  if (kind !== 'clock-step') return text.plain(`artefact.${kind}`);
  const by = `${(step ?? 0) < 0 ? '−' : '+'}${formatDuration(Math.abs(step ?? 0))}`;
  return text.plain(corrected === true ? 'artefact.clock-step.corrected' : 'artefact.clock-step', { step: by });
}

/** Names of some artefacts, each once, with the time of the first. */
export function artefactNames(artefacts: readonly Artefact[], text: Text): string {
  const first = new Map<string, Artefact>();
  for (const artefact of artefacts) {
    const name = artefactName(artefact, text);
    if (!first.has(name)) first.set(name, artefact);
  }
  return text.list(
    Array.from(first, ([name, { kind, from }]) => (kind === 'copy' ? name : `${name} (${formatClock(from)})`)),
  );
}

/** Everything that the measuring did, as a table. */
export function artefactCells(artefacts: readonly Artefact[], text: Text, prefix: string): Cell[] {
  if (artefacts.length === 0) return [];
  const columns: Column[] = [
    { title: text.plain('column.artefact') },
    { title: text.plain('column.span') },
    { title: text.plain('column.collector') },
    { title: text.plain('column.series') },
    { title: text.plain('column.setAside'), align: 'right' },
  ];
  const rows = artefacts.map((artefact): TableValue[] => [
    { text: artefactName(artefact, text), cites: artefact.sources },
    `${formatTime(artefact.from)} … ${timeAfter(artefact.from, artefact.to)}`,
    { text: artefact.target, code: true },
    text.plain('artefacts.series', { series: artefact.series, of: artefact.of }),
    artefact.setAside === 0 ? '' : artefact.setAside,
  ]);
  const table = (id: string, part: readonly TableValue[][]): Cell => ({
    type: 'table',
    id,
    caption: text.plain('artefacts.table'),
    columns,
    rows: part,
  });
  const cells: Cell[] = [
    { type: 'markdown', id: `${prefix}artefacts`, text: text.t('artefacts.intro', { n: artefacts.length }) },
    table(`${prefix}artefacts-table`, rows.slice(0, SHOWN)),
  ];
  const rest = rows.slice(SHOWN);
  if (rest.length > 0)
    cells.push({
      type: 'details',
      id: `${prefix}artefacts-more`,
      summary: text.plain('artefacts.more', { n: rest.length }),
      cells: [table(`${prefix}artefacts-more-table`, rest)],
    });
  return cells;
}
