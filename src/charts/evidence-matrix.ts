import type { EvidenceVerdict } from '../types/diagnosis.js';
import { base, PICTURE, spec, type Chart, type Size } from './chart.js';
import type { Theme } from './theme.js';

export interface MatrixCell {
  readonly row: number;
  readonly column: number;
  readonly verdict: EvidenceVerdict;
  /** Decibans, for the size of the mark. */
  readonly weight: number;
}

export interface EvidenceMatrixData {
  readonly rows: readonly string[];
  /** What was looked at: a signal, a fact, the scope. Most telling first. */
  readonly columns: readonly string[];
  readonly cells: readonly MatrixCell[];
  /** One letter per verdict. */
  readonly letters: Readonly<Record<EvidenceVerdict, string>>;
  readonly legend: Readonly<Record<EvidenceVerdict, string>>;
  readonly description: string;
}

const SHAPES: Readonly<Record<EvidenceVerdict, string>> = { for: 'triangle-up', against: 'triangle-down', unknown: 'circle' };
const VERDICTS: readonly EvidenceVerdict[] = ['for', 'against', 'unknown'];
const COLUMNS = { wide: 18, narrow: 8 } as const;

/** Causes × clues: for, against, unknown, by shape, colour and letter. */
export const evidenceMatrix: Chart<EvidenceMatrixData> = {
  id: 'evidence-matrix',
  title: 'causes against clues',
  draw(data, theme, size) {
    const columns = data.columns.slice(0, COLUMNS[size]);
    const values = data.cells
      .filter((cell) => cell.column < columns.length)
      .map((cell) => ({
        x: cell.column,
        y: cell.row,
        k: data.legend[cell.verdict],
        letter: data.letters[cell.verdict],
        size: cell.verdict === 'unknown' ? 90 : 110 + 14 * Math.min(14, Math.abs(cell.weight)),
      }));
    const rowHeight = size === 'wide' ? 27 : 34;
    const labels = size === 'wide' ? 230 : 128;
    const width = PICTURE[size] - labels - 26;
    return spec({
      ...base(theme, data.description),
      width,
      height: data.rows.length * rowHeight,
      data: { values },
      encoding: {
        x: {
          field: 'x',
          type: 'quantitative',
          scale: { domain: [-0.5, columns.length - 0.5], nice: false, zero: false },
          axis: { ...indexAxis(columns, 30), orient: 'top', labelAngle: size === 'wide' ? -40 : -90, labelLimit: size === 'wide' ? 170 : 150, labelAlign: 'left', labelBaseline: size === 'wide' ? 'bottom' : 'middle' },
        },
        y: {
          field: 'y',
          type: 'quantitative',
          scale: { domain: [-0.5, data.rows.length - 0.5], reverse: true, nice: false, zero: false },
          axis: { ...indexAxis(data.rows, 60), labelLimit: labels - 8, labelColor: theme.ink },
        },
      },
      layer: marks(data, theme, size),
    });
  },
};

function marks(data: EvidenceMatrixData, theme: Theme, size: Size): unknown[] {
  const domain = VERDICTS.map((verdict) => data.legend[verdict]);
  const legend = { orient: 'bottom', title: null, direction: size === 'wide' ? 'horizontal' : 'vertical' };
  return [
    {
      mark: { type: 'point', filled: true, opacity: 1 },
      encoding: {
        size: { field: 'size', type: 'quantitative', scale: null, legend: null },
        color: { field: 'k', type: 'nominal', scale: { domain, range: VERDICTS.map((v) => theme[v]) }, legend },
        shape: { field: 'k', type: 'nominal', scale: { domain, range: VERDICTS.map((v) => SHAPES[v]) }, legend },
      },
    },
    {
      mark: { type: 'text', fontSize: 9, fontWeight: 700, color: theme.paper, baseline: 'middle', align: 'center' },
      encoding: { text: { field: 'letter' } },
    },
  ];
}

function indexAxis(names: readonly string[], limit: number): Record<string, unknown> {
  const short = names.map((name) => (name.length > limit ? `${name.slice(0, limit - 1)}…` : name));
  return {
    values: names.map((_, i) => i),
    labelExpr: `${JSON.stringify(short)}[datum.value]`,
    title: null,
    ticks: false,
    domain: false,
    gridDash: [1, 3],
  };
}
