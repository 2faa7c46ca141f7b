import { describe, expect, it } from 'vitest';
import { problemCells } from '../../src/notebook/parts/problems.js';
import { createText } from '../../src/text/text.js';
import type { Problem } from '../../src/types/problem.js';
import { knowledge } from '../support/inquiry.js';

const text = createText('en', knowledge);
const problem = (code: Problem['code'], file: string, more?: number): Problem => ({
  code,
  file,
  message: `${code} in ${file}`,
  args: {},
  ...(more === undefined ? {} : { more }),
});

describe('problems of the input', () => {
  it('are told by kind, lost data first, few of each, the others counted', () => {
    const assumed = Array.from({ length: 9 }, (_, i) => problem('UNIT_ASSUMED', `a${i}.csv`, i === 8 ? 4 : 0));
    const [cell] = problemCells([...assumed, problem('TRUNCATED', 'b.tar')], text, 'x');
    const table = cell?.type === 'details' ? cell.cells[0] : undefined;
    const rows = table?.type === 'table' ? table.rows : [];
    expect(rows.map(([file]) => (file as { text: string }).text)).toEqual(['b.tar', 'a0.csv', 'a1.csv', 'a2.csv']);
    // six that are not told, and four that the last of them stands for
    expect(rows[3]![2]).toMatch(/\(and 10 more of the kind\)$/);
    expect(rows[0]![2]).not.toContain('more');
    expect(cell).toMatchObject({ summary: 'Problems of the input: 10' });
  });

  it('take no room when there are none', () => {
    expect(problemCells([], text, 'x')).toEqual([]);
  });
});
