import { ticks } from '../stats/ticks.js';
import { formatTick } from '../text/quantity.js';
import type { LanguageId } from '../types/notebook.js';
import type { Unit } from '../types/units.js';
import { base, labelled, PICTURE, spec, type Chart } from './chart.js';

export interface DoseData {
  readonly points: readonly {
    readonly name: string;
    readonly dose: number;
    readonly effect: number;
    readonly affected: boolean;
  }[];
  readonly doseUnit: Unit;
  readonly effectUnit: Unit;
  readonly doseTitle: string;
  readonly effectTitle: string;
  readonly affectedLabel: string;
  readonly sparedLabel: string;
  readonly language: LanguageId;
  readonly description: string;
}

/** Effect against dose, one mark per pod. */
export const dose: Chart<DoseData> = {
  id: 'dose',
  title: 'effect against dose',
  draw(data, theme, size) {
    const points = data.points.slice(0, 200);
    const axis = (field: 'dose' | 'effect', unit: Unit, title: string | null): Record<string, unknown> => {
      const numbers = points.map((p) => p[field]);
      const low = Math.min(0, ...numbers);
      const high = Math.max(...numbers) * 1.12 || 1;
      const values = ticks(low, high, size === 'wide' ? 5 : 3, unit.startsWith('bytes') ? 1024 : 1000);
      return {
        field,
        type: 'quantitative',
        scale: { domain: [low, high], nice: false },
        axis: {
          ...labelled(
            values,
            values.map((v) => formatTick(v, unit, data.language)),
          ),
          title,
          domain: false,
        },
      };
    };
    const domain = [data.affectedLabel, data.sparedLabel];
    const values = points.map((p) => ({ ...p, k: p.affected ? data.affectedLabel : data.sparedLabel }));
    const legend = { orient: 'top', title: null };
    const x = axis('dose', data.doseUnit, data.doseTitle);
    const y = axis('effect', data.effectUnit, null);
    return spec({
      ...base(theme, data.description),
      // along the axis vega would reserve room by its guess of the width of the text
      title: { text: data.effectTitle, frame: 'group' },
      width: Math.min(520, PICTURE[size] - 90),
      height: 230,
      data: { values },
      layer: [
        {
          mark: { type: 'point', filled: true, size: 95, opacity: 0.95 },
          encoding: {
            x,
            y,
            color: { field: 'k', type: 'nominal', scale: { domain, range: [theme.affected[0], theme.spared] }, legend },
            shape: { field: 'k', type: 'nominal', scale: { domain, range: ['diamond', 'circle'] }, legend },
          },
        },
        ...(points.length <= 12
          ? [
              {
                mark: { type: 'text', dy: -10, fontSize: 10.5, limit: 0, color: theme.muted },
                encoding: { x, y, text: { field: 'name' } },
              },
            ]
          : []),
      ],
    });
  },
};
