import type { EvidenceVerdict } from '../types/diagnosis.js';
import { base, PICTURE, spec, textWidth, type Chart, type Size } from './chart.js';
import type { Theme } from './theme.js';

export interface MatrixCell {
  /** Index into `clues`. */
  readonly clue: number;
  /** Index into `causes`. */
  readonly cause: number;
  readonly verdict: EvidenceVerdict;
  /** Decibans, for the size of the mark. */
  readonly weight: number;
}

export interface EvidenceMatrixData {
  /** Likeliest first. */
  readonly causes: readonly string[];
  /** What was looked at: a signal, a fact, the scope. Most telling first. */
  readonly clues: readonly string[];
  readonly cells: readonly MatrixCell[];
  /** One letter per verdict. */
  readonly letters: Readonly<Record<EvidenceVerdict, string>>;
  readonly legend: Readonly<Record<EvidenceVerdict, string>>;
  readonly description: string;
}

const SHAPES: Readonly<Record<EvidenceVerdict, string>> = {
  for: 'triangle-up',
  against: 'triangle-down',
  unknown: 'circle',
};
const VERDICTS: readonly EvidenceVerdict[] = ['for', 'against', 'unknown'];
/** Causes that fit side by side. */
const CAUSES = { wide: 9, narrow: 5 } as const;
const GUTTER = { wide: 330, narrow: 0 } as const;
const STEP = { wide: 25, narrow: 42 } as const;
/** How far the names of the causes lean, in degrees from upright text. */
const SLANT = { wide: 322, narrow: 298 } as const;
const NAME_SIZE = 11.5;

/** Causes × clues: for, against, unknown, by shape, colour and letter. */
export const evidenceMatrix: Chart<EvidenceMatrixData> = {
  id: 'evidence-matrix',
  title: 'causes against clues',
  draw(all, theme, size) {
    const width = PICTURE[size] - 16;
    const causes = all.causes.slice(0, CAUSES[size]);
    const data = onlyWith(causes.length, all);
    const height = data.clues.length * STEP[size] + 34;
    // slanted names lean to the right of their column, so the last one needs room
    const room = width - GUTTER[size] - (size === 'wide' ? 150 : 20);
    const column = (i: number): number =>
      GUTTER[size] + ((i + 0.5) * room) / Math.max(causes.length, size === 'wide' ? 6 : 4);
    const row = (i: number): number => i * STEP[size] + (size === 'wide' ? STEP.wide / 2 : 28);
    const place = (field: string, length: number): Record<string, unknown> => ({
      field,
      type: 'quantitative',
      scale: { domain: [0, length], range: [0, length], nice: false, zero: false },
      axis: null,
    });
    const x = place('x', width);
    const y = place('y', height);
    const cells = data.cells
      .filter((cell) => cell.cause < causes.length)
      .map((cell) => ({
        x: column(cell.cause),
        y: row(cell.clue),
        k: cell.verdict,
        letter: data.letters[cell.verdict],
        size: cell.verdict === 'unknown' ? 100 : 120 + 13 * Math.min(16, Math.abs(cell.weight)),
      }));
    return spec({
      ...base(theme, data.description),
      autosize: { type: 'none' },
      padding: { left: 2, right: 14, top: headOf(causes, size), bottom: 6 },
      width,
      height,
      layer: [
        ...grid(data, row, column, causes.length, width, theme, x, y, size),
        names(causes, column, theme, x, y, size),
        ...marks(cells, theme, x, y),
        ...legend(data, height, theme, x, y, size),
      ],
    });
  },
};

/** Room that the slanted names take: the longest one, its height and the gap to the first row. */
function headOf(causes: readonly string[], size: Size): number {
  const widths = causes.map((name) => textWidth(name, NAME_SIZE));
  const slope = Math.sin(((360 - SLANT[size]) * Math.PI) / 180);
  return Math.ceil(Math.max(0, ...widths) * slope + NAME_SIZE + 10);
}

/** The matrix without the clues that say nothing of the causes shown. */
function onlyWith(causes: number, all: EvidenceMatrixData): EvidenceMatrixData {
  const shown = all.cells.filter((cell) => cell.cause < causes);
  const kept = all.clues.map((_, clue) => clue).filter((clue) => shown.some((cell) => cell.clue === clue));
  const cells = shown.map((cell) => ({ ...cell, clue: kept.indexOf(cell.clue) }));
  return { ...all, clues: kept.map((clue) => all.clues[clue]!), cells };
}

type Encoding = Record<string, unknown>;

function grid(
  data: EvidenceMatrixData,
  row: (i: number) => number,
  column: (i: number) => number,
  causes: number,
  width: number,
  theme: Theme,
  x: Encoding,
  y: Encoding,
  size: Size,
): unknown[] {
  const last = data.clues.length - 1;
  const lines = data.clues.map((_, i) => ({ x: GUTTER[size], b: width, y: row(i) }));
  const posts = Array.from({ length: causes }, (_, i) => ({ x: column(i), y: 0, b: row(last) }));
  const labels = data.clues.map((label, i) => ({ label, x: 0, y: size === 'wide' ? row(i) : row(i) - 19 }));
  return [
    {
      data: { values: lines },
      mark: { type: 'rule', color: theme.grid, strokeWidth: 1 },
      encoding: { x, x2: { field: 'b' }, y },
    },
    {
      data: { values: posts },
      mark: { type: 'rule', color: theme.grid, strokeWidth: 1 },
      encoding: { x, y, y2: { field: 'b' } },
    },
    {
      data: { values: labels },
      mark: { type: 'text', align: 'left', baseline: 'middle', fontSize: 11.5 },
      encoding: { x, y, text: { field: 'label' } },
    },
  ];
}

function names(
  causes: readonly string[],
  column: (i: number) => number,
  theme: Theme,
  x: Encoding,
  y: Encoding,
  size: Size,
): unknown {
  const values = causes.map((name, i) => ({ name, x: column(i), y: 0 }));
  return {
    data: { values },
    mark: {
      type: 'text',
      align: 'left',
      baseline: 'middle',
      angle: SLANT[size],
      dx: size === 'wide' ? 4 : 8,
      dy: size === 'wide' ? -7 : -2,
      fontSize: NAME_SIZE,
      fontWeight: 600,
      color: theme.ink,
    },
    encoding: { x, y, text: { field: 'name' } },
  };
}

function marks(cells: readonly Record<string, unknown>[], theme: Theme, x: Encoding, y: Encoding): unknown[] {
  const scale = (range: readonly string[]): Encoding => ({ domain: VERDICTS, range });
  return [
    {
      data: { values: cells },
      mark: { type: 'point', filled: true, opacity: 1 },
      encoding: {
        x,
        y,
        size: { field: 'size', type: 'quantitative', scale: null, legend: null },
        color: { field: 'k', type: 'nominal', scale: scale(VERDICTS.map((v) => theme[v])), legend: null },
        shape: { field: 'k', type: 'nominal', scale: scale(VERDICTS.map((v) => SHAPES[v])), legend: null },
      },
    },
    {
      data: { values: cells },
      mark: { type: 'text', fontSize: 9, fontWeight: 700, color: theme.paper, baseline: 'middle', align: 'center' },
      encoding: { x, y, text: { field: 'letter' } },
    },
  ];
}

/** Placed by us: vega's legend would move with its guess of the widths of texts. */
function legend(
  data: EvidenceMatrixData,
  height: number,
  theme: Theme,
  x: Encoding,
  y: Encoding,
  size: Size,
): unknown[] {
  const step = size === 'wide' ? 110 : 96;
  const values = VERDICTS.map((k, i) => ({
    x: GUTTER[size] + 8 + i * step,
    y: height - 8,
    k,
    size: 170,
    letter: data.letters[k],
  }));
  const words = VERDICTS.map((k, i) => ({ x: GUTTER[size] + 20 + i * step, y: height - 8, word: data.legend[k] }));
  return [
    ...marks(values, theme, x, y),
    {
      data: { values: words },
      mark: { type: 'text', align: 'left', baseline: 'middle', fontSize: 11.5 },
      encoding: { x, y, text: { field: 'word' } },
    },
  ];
}
