import type { Text } from '../../text/text.js';
import type { Incident } from '../../types/diagnosis.js';
import type { Cell } from '../../types/notebook.js';
import { missingName } from './evidence.js';

const KINDS = ['flat', 'blind', 'absent'] as const;
type Kind = (typeof KINDS)[number];

/** The three kinds of nothing: observed flat, collected but blind, not collected. */
export function nothingCells(incident: Incident, text: Text, prefix: string): Cell[] {
  const kinds = sorted(incident, text);
  return [
    {
      type: 'markdown',
      id: `${prefix}nothing`,
      text: `### ${text.t('nothing.heading')}\n\n${text.t('nothing.intro')}`,
    },
    ...KINDS.filter((kind) => kinds[kind].length > 0).map((kind): Cell => {
      const names = kinds[kind];
      const id = `${prefix}nothing-${kind}`;
      return {
        type: 'details',
        id,
        summary: text.plain(`nothing.${kind}`, { n: names.length }),
        cells: [{ type: 'list', id: `${id}-list`, items: names }],
      };
    }),
  ];
}

function sorted(incident: Incident, text: Text): Record<Kind, string[]> {
  const found: Record<Kind, Map<string, string>> = { flat: new Map(), blind: new Map(), absent: new Map() };
  for (const h of incident.hypotheses)
    for (const e of h.evidence) {
      const state = e.observed?.state;
      if (state === 'flat' || state === 'blind') found[state].set(e.signal, text.signal(e.signal));
      for (const name of e.missing ?? []) {
        const shown = missingName(name, text);
        if (shown !== undefined) found.absent.set(name, shown);
      }
    }
  for (const signal of found.flat.keys()) for (const other of [found.blind, found.absent]) other.delete(signal);
  for (const signal of found.blind.keys()) found.absent.delete(signal);
  const list = (kind: Kind): string[] =>
    Array.from(new Set(found[kind].values())).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return { flat: list('flat'), blind: list('blind'), absent: list('absent') };
}
