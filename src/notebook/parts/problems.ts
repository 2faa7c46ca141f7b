import { visible } from '../../text/escape.js';
import type { Text } from '../../text/text.js';
import type { Cell, TableValue } from '../../types/notebook.js';
import type { Problem } from '../../types/problem.js';
import { lossesOf } from './losses.js';

/** Problems of one kind that are told in full; a dump of a thousand files says the same thing a thousand times. */
const TOLD = 3;

/** What of the input was skipped, repaired or assumed, by kind: what lost data first, few examples of each. */
export function problemCells(problems: readonly Problem[], text: Text, id: string): Cell[] {
  if (problems.length === 0) return [];
  const kinds = new Map<string, Problem[]>();
  const lost = new Set(lossesOf(problems));
  for (const problem of [...lost, ...problems.filter((one) => !lost.has(one))]) {
    const kind = kinds.get(problem.code);
    if (kind === undefined) kinds.set(problem.code, [problem]);
    else kind.push(problem);
  }
  return [
    {
      type: 'details',
      id: `${id}-problems`,
      summary: text.plain('problems.heading', { n: problems.length }),
      cells: [
        {
          type: 'table',
          id: `${id}-problems-table`,
          columns: [
            { title: text.plain('column.file') },
            { title: text.plain('column.line'), align: 'right' },
            { title: text.plain('column.what') },
            { title: text.plain('column.code') },
          ],
          rows: Array.from(kinds.values()).flatMap((kind) => rowsOf(kind, text)),
        },
      ],
    },
  ];
}

function rowsOf(kind: readonly Problem[], text: Text): TableValue[][] {
  const told = kind.slice(0, TOLD);
  const untold = kind.slice(TOLD).reduce((n, { more = 0 }) => n + 1 + more, 0);
  return told.map((problem, i): TableValue[] => {
    const more = (problem.more ?? 0) + (i === told.length - 1 ? untold : 0);
    return [
      { text: visible(problem.file, 120), code: true },
      problem.line ?? '',
      text.problem(problem) + (more === 0 ? '' : text.plain('problems.more', { n: more })),
      { text: problem.code, code: true },
    ];
  });
}
