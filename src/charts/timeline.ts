import { decimate } from '../stats/decimate.js';
import { ticks, timeTicks } from '../stats/ticks.js';
import { formatClock, formatDay, formatTick } from '../text/quantity.js';
import type { LanguageId } from '../types/notebook.js';
import type { Unit } from '../types/units.js';
import { base, textWidth, labelled, MAX_POINTS, PICTURE, spec, type Chart, type Size } from './chart.js';
import type { Theme } from './theme.js';

export type Role = 'affected' | 'spared' | 'node';

export interface TimelineLine {
  /** Name in the legend; lines of one name share a colour. */
  readonly name: string;
  readonly role: Role;
  /** Place among the affected, so that each keeps its colour in every chart. */
  readonly place?: number;
  /** Epoch ms, increasing. */
  readonly time: Float64Array;
  /** NaN breaks the line. */
  readonly value: Float64Array;
  /** Each value speaks for the interval before its time (a rate), not for the instant (a gauge). */
  readonly interval: boolean;
}

export interface TimelineRow {
  readonly title: string;
  readonly unit: Unit;
  readonly lines: readonly TimelineLine[];
}

/** How strongly a window is shaded: the incident of the picture, and others that it shows as well. */
const SHADE = { own: 0.35, other: 0.13 } as const;

export interface TimelineData {
  readonly from: number;
  readonly to: number;
  readonly windows: readonly { readonly from: number; readonly to: number; readonly other?: boolean }[];
  readonly rows: readonly TimelineRow[];
  readonly language: LanguageId;
  readonly description: string;
  readonly timeTitle: string;
  /** Whether the colours are explained; a second picture beside one that explains them need not. Default true. */
  readonly legend?: boolean;
  /** Height of one row; 54 when absent. */
  readonly height?: number;
}

const AXIS = { wide: 76, narrow: 66 } as const;

function shaded({ from, to, other }: TimelineData['windows'][number], data: TimelineData): Record<string, number> {
  return { a: Math.max(from, data.from), b: Math.min(to, data.to), o: other === true ? SHADE.other : SHADE.own };
}

/** Small multiples on one time axis, the incident shaded. */
export const timeline: Chart<TimelineData> = {
  id: 'timeline',
  title: 'key signals on one time axis',
  draw(data, theme, size) {
    const colours = colourScale(data.rows, theme);
    const last = data.rows.length - 1;
    return spec({
      ...base(theme, data.description),
      usermeta: { inquest: { from: data.from, to: data.to } },
      vconcat: data.rows.map((row, i) => drawRow(row, data, theme, size, colours, i === last)),
      resolve: { scale: { x: 'shared', y: 'independent', color: 'shared' } },
    });
  },
};

/** As many names side by side as fit: a wider legend would shrink the whole picture. */
function legendColumns(names: readonly string[], width: number, size: Size): number {
  if (size === 'narrow') return 1;
  const widest = Math.max(...names.map((name) => textWidth(name))) + 46;
  return Math.max(1, Math.min(4, Math.floor(width / widest)));
}

interface Colours {
  readonly domain: string[];
  readonly range: string[];
}

function colourScale(rows: readonly TimelineRow[], theme: Theme): Colours {
  const known = new Map<string, TimelineLine>();
  for (const row of rows) for (const line of row.lines) if (!known.has(line.name)) known.set(line.name, line);
  const order: Role[] = ['affected', 'spared', 'node'];
  const lines = Array.from(known.values()).sort(
    (a, b) => order.indexOf(a.role) - order.indexOf(b.role) || (a.place ?? 0) - (b.place ?? 0),
  );
  const range = lines.map(({ role, place = 0 }) => {
    if (role === 'affected') return theme.affected[place % theme.affected.length]!;
    return role === 'node' ? theme.node : theme.spared;
  });
  return { domain: lines.map((line) => line.name), range };
}

function drawRow(
  row: TimelineRow,
  data: TimelineData,
  theme: Theme,
  size: Size,
  colours: Colours,
  last: boolean,
): Record<string, unknown> {
  const width = PICTURE[size] - AXIS[size] - 20;
  const y = valueAxis(row, data.language);
  const x = {
    field: 't',
    type: 'quantitative',
    scale: { domain: [data.from, data.to], nice: false, zero: false },
    axis: { ...timeAxis(data, size), title: last ? data.timeTitle : null, labels: last, ticks: last },
  };
  const colour = {
    field: 'n',
    type: 'nominal',
    scale: colours,
    // one line alone needs no key: the title of its row says what it is
    legend:
      colours.domain.length < 2 || data.legend === false
        ? null
        : { orient: 'top', title: null, columns: legendColumns(colours.domain, width, size), symbolType: 'stroke' },
  };
  const drawn = points(row, data);
  return {
    width,
    height: data.height ?? 54,
    title: { text: wrapTitle(row.title, size), frame: 'group', dx: 3 - AXIS[size] },
    layer: [
      {
        data: { values: data.windows.map((w) => shaded(w, data)) },
        mark: { type: 'rect', color: theme.window },
        encoding: {
          x: { ...x, field: 'a' },
          x2: { field: 'b' },
          opacity: { field: 'o', type: 'quantitative', scale: null, legend: null },
        },
      },
      ...(['linear', 'step-before'] as const).flatMap((interpolate) => {
        const values = drawn.filter((p) => p.s === (interpolate === 'step-before' ? 1 : 0));
        if (values.length === 0) return [];
        const point = values.length < 120 ? { point: { size: 14, filled: true } } : {};
        return [
          {
            data: { values },
            mark: { type: 'line', interpolate, strokeWidth: 1.6, strokeJoin: 'round', ...point },
            encoding: { x, y, color: colour, detail: { field: 'i', type: 'nominal' } },
          },
        ];
      }),
    ],
  };
}

/** Titles longer than the picture go on a second line; Chinese counts double. */
function wrapTitle(title: string, size: Size): string | string[] {
  const room = size === 'wide' ? 130 : 50;
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of title.split(/(?<=[\s、，（])/u)) {
    const length = Array.from(word).reduce((n, c) => n + (c > '\u2e7f' ? 2 : 1), 0);
    if (used > 0 && used + length > room) {
      lines.push(line);
      line = '';
      used = 0;
    }
    line += word;
    used += length;
  }
  lines.push(line);
  return lines.length === 1 ? title : lines.slice(0, 2);
}

interface Point {
  t: number;
  v: number | null;
  n: string;
  i: number;
  s: 0 | 1;
}

function points(row: TimelineRow, data: TimelineData): Point[] {
  const limit = Math.max(8, Math.floor(MAX_POINTS / Math.max(1, row.lines.length)) - 1);
  return row.lines.flatMap((line, i) => {
    const inside = within(line, data.from, data.to);
    const kept = decimate(inside.time, inside.value, limit);
    return Array.from(kept, (j): Point => {
      const v = inside.value[j]!;
      return { t: inside.time[j]!, v: Number.isFinite(v) ? v : null, n: line.name, i, s: line.interval ? 1 : 0 };
    });
  });
}

function within(line: TimelineLine, from: number, to: number): { time: Float64Array; value: Float64Array } {
  let a = 0;
  while (a < line.time.length && line.time[a]! < from) a++;
  let b = a;
  while (b < line.time.length && line.time[b]! <= to) b++;
  return { time: line.time.subarray(a, b), value: line.value.subarray(a, b) };
}

function valueAxis(row: TimelineRow, language: LanguageId): Record<string, unknown> {
  let low = Infinity;
  let high = -Infinity;
  for (const line of row.lines)
    for (const v of line.value)
      if (Number.isFinite(v)) {
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
  if (!(high >= low)) [low, high] = [0, 1];
  const silent = low === 0 && high === 0;
  // levels far from zero would be drawn as a flat line if zero had to be on the axis
  const start =
    low > 0 && low < 0.75 * high ? 0 : low >= 0 && low === high ? 0 : low > 0 ? low - 0.15 * (high - low) : low;
  const end = high === start ? start + 1 : high + 0.06 * (high - start);
  const values = silent ? [0] : ticks(start, end, 2.5, row.unit.startsWith('bytes') ? 1024 : 1000);
  return {
    field: 'v',
    type: 'quantitative',
    scale: { domain: [start, end], nice: false, zero: false },
    axis: {
      ...labelled(
        values,
        values.map((v) => short(v, row, language)),
      ),
      title: null,
      domain: false,
      ticks: false,
      minExtent: 70,
      maxExtent: 70,
    },
  };
}

/** The unit stands in the title of the row: axis labels carry the prefix only, except bytes and seconds. */
function short(value: number, row: TimelineRow, language: LanguageId): string {
  return formatTick(value, row.unit, language);
}

function timeAxis(data: TimelineData, size: Size): Record<string, unknown> {
  const values = timeTicks(data.from, data.to, size === 'wide' ? 8 : 3.2);
  const fine = data.to - data.from < 20 * 60e3;
  const coarse = data.to - data.from > 3 * 86_400e3;
  const labels = values.map((t) =>
    coarse ? formatDay(t).slice(5) : fine ? formatClock(t) : formatClock(t).slice(0, 5),
  );
  return { ...labelled(values, labels), gridOpacity: 0.7, domain: false, labelOverlap: true };
}
