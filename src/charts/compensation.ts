import { ticks, timeTicks } from '../stats/ticks.js';
import { formatClock, formatTick } from '../text/quantity.js';
import type { LanguageId } from '../types/notebook.js';
import type { Unit } from '../types/units.js';
import { decimate } from '../stats/decimate.js';
import { base, labelled, MAX_POINTS, PICTURE, spec, type Chart, type Size } from './chart.js';

export interface CompensationData {
  readonly from: number;
  readonly to: number;
  readonly unit: Unit;
  readonly baseline: number;
  /** Each value speaks for the span `(start[i], time[i]]`. */
  readonly start: Float64Array;
  readonly time: Float64Array;
  readonly value: Float64Array;
  readonly lobes: readonly {
    readonly from: number;
    readonly to: number;
    readonly direction: 'up' | 'down';
    readonly label: string;
  }[];
  readonly language: LanguageId;
  readonly baselineLabel: string;
  readonly timeTitle: string;
  readonly valueTitle: string;
  readonly description: string;
}

/** A rise that is paid back by a plunge (or the reverse): counts around their baseline, each lobe with its balance. */
export const compensation: Chart<CompensationData> = {
  id: 'compensation',
  title: 'compensating pattern with the balance of its lobes',
  draw(data, theme, size) {
    const kept = decimate(data.time, data.value, MAX_POINTS);
    const values = Array.from(kept, (i) => ({
      a: data.start[i]!,
      b: data.time[i]!,
      v: data.value[i]!,
      z: data.baseline,
    })).filter((bar) => Number.isFinite(bar.v));
    const high = Math.max(data.baseline, ...values.map((bar) => bar.v)) * 1.25 || 1;
    const low = Math.min(0, ...values.map((bar) => bar.v));
    const { x, y } = axes(data, low, high, size);
    const lobes = data.lobes.map((lobe) => ({
      ...lobe,
      middle: (lobe.from + lobe.to) / 2,
      colour: lobe.direction === 'up' ? theme.against : theme.node,
    }));
    // bars hide what is written on the line itself
    const middles = lobes.reduce((sum, { middle }) => sum + middle, 0) / Math.max(1, lobes.length);
    const emptier = middles < (data.from + data.to) / 2 ? 'to' : 'from';
    const lobeColour = { field: 'colour', type: 'nominal', scale: null };
    return spec({
      ...base(theme, data.description),
      width: PICTURE[size] - 90,
      height: 190,
      layer: [
        {
          data: { values: lobes },
          mark: { type: 'rect', opacity: 0.16 },
          encoding: { x: { ...x, field: 'from' }, x2: { field: 'to' }, color: lobeColour },
        },
        {
          data: { values },
          mark: { type: 'bar', color: theme.spared, stroke: theme.paper, strokeWidth: 0.5 },
          encoding: { x, x2: { field: 'b' }, y, y2: { field: 'z' } },
        },
        {
          data: { values: [{ v: data.baseline, label: `- - ${data.baselineLabel}`, a: data[emptier] }] },
          layer: [
            { mark: { type: 'rule', color: theme.ink, strokeDash: [4, 3] }, encoding: { y } },
            {
              mark: { type: 'text', baseline: 'top', fontSize: 11, color: theme.muted, ...LEGEND[emptier] },
              encoding: { x, y: { value: 4 }, text: { field: 'label' } },
            },
          ],
        },
        ...lobes.map((lobe, i) => ({
          data: { values: [lobe] },
          mark: { type: 'text', baseline: 'top', dy: 3, fontSize: 11.5, fontWeight: 600, ...aside(i, lobes.length) },
          encoding: {
            x: { ...x, field: SIDES[sideOf(i, lobes.length)] },
            y: { value: 0 },
            text: { field: 'label' },
            color: lobeColour,
          },
        })),
      ],
    });
  },
};

/** How the meaning of the dashed line is written at either end. */
const LEGEND = { from: { align: 'left', dx: 4 }, to: { align: 'right', dx: -4 } } as const;

type Side = 'first' | 'middle' | 'last';

/** Where the balance of a lobe is written: lobes are narrow and adjoin, so the outer ones are written outwards. */
const SIDES = { first: 'to', middle: 'middle', last: 'from' } as const satisfies Record<Side, string>;

function sideOf(i: number, of: number): Side {
  return of > 1 && i === 0 ? 'first' : of > 1 && i === of - 1 ? 'last' : 'middle';
}

function aside(i: number, of: number): Record<string, unknown> {
  const side = sideOf(i, of);
  if (side === 'middle') return { align: 'center', ...(of > 1 ? { dy: 17 } : {}) };
  return side === 'first' ? { align: 'right', dx: -3 } : { align: 'left', dx: 3 };
}

function axes(
  data: CompensationData,
  low: number,
  high: number,
  size: Size,
): Record<'x' | 'y', Record<string, unknown>> {
  const ys = ticks(low, high, 4, data.unit.startsWith('bytes') ? 1024 : 1000);
  const xs = timeTicks(data.from, data.to, size === 'wide' ? 8 : 3);
  const x = {
    field: 'a',
    type: 'quantitative',
    scale: { domain: [data.from, data.to], nice: false, zero: false },
    axis: { ...labelled(xs, xs.map(formatClock)), title: data.timeTitle, domain: false },
  };
  const y = {
    field: 'v',
    type: 'quantitative',
    scale: { domain: [low, high], nice: false },
    axis: {
      ...labelled(
        ys,
        ys.map((v) => formatTick(v, data.unit, data.language)),
      ),
      title: data.valueTitle,
      domain: false,
    },
  };
  return { x, y };
}
