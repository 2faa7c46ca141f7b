import { formatShare } from '../text/quantity.js';
import { base, labelled, PICTURE, spec, type Chart } from './chart.js';
import { pixelY, placeRows } from './rows.js';

export interface ProbabilityData {
  readonly rows: readonly {
    readonly title: string;
    readonly probability: number;
    readonly verdict: string;
    readonly leading: boolean;
  }[];
  readonly axisTitle: string;
  readonly description: string;
}

const STEP = 36;

/** Probability of each cause, best first. */
export const probability: Chart<ProbabilityData> = {
  id: 'probability',
  title: 'probability of each cause',
  draw(data, theme, size) {
    const height = data.rows.length * STEP;
    const places = placeRows(data.rows.length, STEP);
    const values = data.rows.map((row, i) => ({
      p: row.probability,
      z: 0,
      y: places[i]!.y,
      l: places[i]!.labelY,
      title: row.title,
      number: row.verdict === '' ? formatShare(row.probability) : `${formatShare(row.probability)} · ${row.verdict}`,
      colour: row.leading ? theme.for : theme.spared,
    }));
    const marks = [0, 0.25, 0.5, 0.75, 1];
    const x = {
      field: 'p',
      type: 'quantitative',
      scale: { domain: [0, 1] },
      axis: {
        ...labelled(
          marks,
          marks.map((m) => formatShare(m)),
        ),
        title: data.axisTitle,
        domain: false,
        ticks: false,
      },
    };
    return spec({
      ...base(theme, data.description),
      width: PICTURE[size] - 30,
      height,
      data: { values },
      layer: [
        {
          mark: { type: 'bar', height: 9, cornerRadiusEnd: 2 },
          encoding: {
            x,
            x2: { field: 'z' },
            y: pixelY('y', height),
            color: { field: 'colour', type: 'nominal', scale: null },
          },
        },
        {
          mark: { type: 'text', align: 'left', baseline: 'middle', limit: 0, fontSize: 12 },
          encoding: { x: { datum: 0, type: 'quantitative' }, y: pixelY('l', height), text: { field: 'title' } },
        },
        {
          mark: { type: 'text', align: 'right', baseline: 'middle', fontSize: 11.5, color: theme.muted },
          encoding: { x: { datum: 1, type: 'quantitative' }, y: pixelY('l', height), text: { field: 'number' } },
        },
      ],
    });
  },
};
