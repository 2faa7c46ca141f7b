import { base, labelled, PICTURE, spec, type Chart, type Size } from './chart.js';
import { pixelY, placeRows } from './rows.js';
import type { Theme } from './theme.js';

export interface BeforeAfterRow {
  readonly title: string;
  /** Change in the window, in multiples of the smallest change that would have been seen. */
  readonly ratio: number;
  /** `12 → 340 B (would have been seen: 25 B)`. */
  readonly label: string;
  readonly moved: boolean;
}

export interface BeforeAfterData {
  readonly rows: readonly BeforeAfterRow[];
  readonly axisTitle: string;
  readonly bandTitle: string;
  readonly description: string;
}

const STEP: Readonly<Record<Size, number>> = { wide: 38, narrow: 54 };
/** Below the title, where both do not fit on one line. */
const LINE = 14;

/** Change of each signal against the smallest change that would have been seen: inside the band nothing could be told. */
export const beforeAfter: Chart<BeforeAfterData> = {
  id: 'before-after',
  title: 'change in the window against the smallest change that would have been seen',
  draw(data, theme, size) {
    const height = data.rows.length * STEP[size];
    const reach = Math.min(1e6, Math.max(4, ...data.rows.map((row) => Math.abs(row.ratio))));
    const low = Math.min(-2, ...data.rows.map((row) => Math.max(-reach, row.ratio)));
    const values = place(data, reach, theme, size);
    const marks = [-1000, -100, -10, -1, 0, 1, 10, 100, 1000, 10_000, 100_000].filter((m) => m >= low && m <= reach);
    const x = {
      field: 'r',
      type: 'quantitative',
      scale: { type: 'symlog', constant: 1, domain: [low, reach], nice: false },
      axis: {
        ...labelled(
          marks,
          marks.map((m) => (m < 0 ? `−${-m}×` : `${m}×`)),
        ),
        title: size === 'narrow' ? lines(data.axisTitle, LETTERS) : data.axisTitle,
        domain: false,
      },
    };
    const room = PICTURE[size] - 30;
    const y = pixelY('y', height);
    return spec({
      ...base(theme, data.description),
      width: room,
      height,
      data: { values },
      layer: [
        {
          data: { values: [{ a: -1, b: 1 }] },
          mark: { type: 'rect', color: theme.grid, opacity: 0.6 },
          encoding: { x: { ...x, field: 'a' }, x2: { field: 'b' } },
        },
        { mark: { type: 'rule', strokeWidth: 2, color: theme.spared }, encoding: { x, x2: { field: 'z' }, y } },
        {
          mark: { type: 'point', filled: true, size: 80, opacity: 1 },
          encoding: {
            x,
            y,
            color: { field: 'colour', type: 'nominal', scale: null },
            shape: { field: 'shape', type: 'nominal', scale: null },
          },
        },
        {
          mark: { type: 'text', align: 'left', baseline: 'middle', limit: 0 },
          encoding: { x: { value: 0 }, y: pixelY('l', height), text: { field: 'title' } },
        },
        {
          mark: {
            type: 'text',
            align: 'right',
            baseline: 'middle',
            fontSize: 11,
            color: theme.muted,
            limit: 0,
          },
          encoding: { x: { value: room }, y: pixelY('m', height), text: { field: 'label' } },
        },
      ],
    });
  },
};

/** Letters on one line of a narrow picture. */
const LETTERS = 38;

/** A text broken between words; without blanks it stays whole. */
function lines(text: string, letters: number): string[] {
  const out: string[] = [];
  for (const word of text.split(' ')) {
    const last = out.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= letters) out[out.length - 1] = `${last} ${word}`;
    else out.push(word);
  }
  return out;
}

function place(data: BeforeAfterData, reach: number, theme: Theme, size: Size): Record<string, unknown>[] {
  const places = placeRows(data.rows.length, STEP[size]);
  return data.rows.map((row, i) => ({
    r: Math.max(-reach, Math.min(reach, row.ratio)),
    z: 0,
    y: places[i]!.y + (size === 'narrow' ? LINE / 2 : 0),
    l: places[i]!.labelY,
    m: places[i]!.labelY + (size === 'narrow' ? LINE : 0),
    title: row.title,
    label: row.label,
    colour: row.moved ? theme.affected[0] : theme.node,
    shape: row.moved ? 'diamond' : 'circle',
  }));
}
