import { evidenceMatrix, type MatrixCell } from '../../charts/evidence-matrix.js';
import type { Text } from '../../text/text.js';
import type { Hypothesis, Incident } from '../../types/diagnosis.js';
import type { Cell } from '../../types/notebook.js';
import { subject } from './evidence.js';
import { chartCell } from './pictures.js';
import { suspects } from './suspects.js';

const CAUSES = 9;
const CLUES = 22;
/** How much more a clue tells that speaks of the leading cause. */
const LEADING = 3;

/** The matrix of causes and clues: the likeliest causes, the clues that tell most about them. */
export function matrixCells(incident: Incident, text: Text, prefix: string): Cell[] {
  const shown = chosen(incident);
  const weight = new Map<string, number>();
  const rows = shown.map((h) => strongest(h, text));
  rows.forEach((row, rank) => {
    for (const [name, e] of row) {
      const tells = e.verdict === 'unknown' ? 0.01 : Math.abs(e.weight);
      // what the verdict rests on comes first
      weight.set(name, (weight.get(name) ?? 0) + (rank === 0 ? LEADING : 1) * tells);
    }
  });
  const all = Array.from(weight.entries()).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const clues = all.slice(0, CLUES).map(([name]) => name);
  if (clues.length === 0) return [];
  const cells = rows.flatMap((row, cause) =>
    clues.flatMap((name, clue): MatrixCell[] => {
      const e = row.get(name);
      return e === undefined ? [] : [{ clue, cause, verdict: e.verdict, weight: e.weight }];
    }),
  );
  const legend = {
    for: text.plain('verdict.for'),
    against: text.plain('verdict.against'),
    unknown: text.plain('verdict.unknownWord'),
  };
  const letters = { for: text.plain('letter.for'), against: text.plain('letter.against'), unknown: '?' };
  const alt = text.plain('hypotheses.matrix.alt', { rows: shown.length, columns: clues.length });
  const data = {
    causes: shown.map((h) => short(text.cause(h.cause), 34)),
    clues: clues.map((c) => short(c, 52)),
    cells,
    letters,
    legend,
    description: alt,
  };
  const caption = text.plain('hypotheses.matrix.caption');
  return [chartCell(`${prefix}hypotheses-matrix`, evidenceMatrix, data, alt, caption)];
}

/** The likeliest causes, then the excluded ones that a reader would ask for first. */
function chosen(incident: Incident): Hypothesis[] {
  const tested = incident.hypotheses.filter((h) => h.evidence.some((e) => e.verdict !== 'unknown'));
  const likely = tested.filter((h) => h.verdict !== 'excluded').slice(0, 6);
  return [...likely, ...suspects(tested)].slice(0, CAUSES);
}

interface Mark {
  readonly verdict: MatrixCell['verdict'];
  readonly weight: number;
}

/** Per thing looked at, the strongest evidence of a cause. */
function strongest(hypothesis: Hypothesis, text: Text): Map<string, Mark> {
  const found = new Map<string, Mark>();
  for (const e of hypothesis.evidence) {
    const name = subject(hypothesis.cause, e, text);
    const other = found.get(name);
    const better =
      other === undefined ||
      (e.verdict !== 'unknown' && (other.verdict === 'unknown' || Math.abs(e.weight) > Math.abs(other.weight)));
    if (better) found.set(name, { verdict: e.verdict, weight: e.weight });
  }
  return found;
}

function short(name: string, limit: number): string {
  const letters = Array.from(name);
  return letters.length > limit ? `${letters.slice(0, limit - 1).join('')}…` : name;
}
