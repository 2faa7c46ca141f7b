import type { TopLevelSpec } from 'vega-lite';
import type { Theme } from './theme.js';

/** Width to draw for, CSS pixels: a page column or a telephone. */
export type Size = 'wide' | 'narrow';

/** A picture: data in, vega-lite out. A plain object, one per file of this folder, its id equal to the file name. */
export interface Chart<D> {
  readonly id: string;
  readonly title: string;
  draw(data: D, theme: Theme, size: Size): TopLevelSpec;
}

/** Points of one layer at most. */
export const MAX_POINTS = 2000;

/** Width of the whole picture, CSS pixels. */
export const PICTURE: Readonly<Record<Size, number>> = { wide: 860, narrow: 350 };

/** Settings that every spec shares: type, colours of axes, no padding that could differ between pictures. */
export function base(theme: Theme, description: string): Record<string, unknown> {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description,
    background: 'transparent',
    padding: { left: 2, right: 14, top: 4, bottom: 4 },
    config: {
      aria: false,
      font: theme.font,
      text: { font: theme.font, fontSize: 12, color: theme.ink },
      title: { anchor: 'start', color: theme.ink, font: theme.font, fontSize: 12.5, fontWeight: 600, offset: 5 },
      view: { stroke: null },
      concat: { spacing: 12 },
      axis: {
        labelColor: theme.muted,
        titleColor: theme.muted,
        labelFont: theme.font,
        titleFont: theme.font,
        labelFontSize: 11,
        titleFontSize: 11,
        titleFontWeight: 400,
        gridColor: theme.grid,
        domainColor: theme.grid,
        tickColor: theme.grid,
        labelLimit: 400,
      },
      legend: {
        labelColor: theme.ink,
        titleColor: theme.muted,
        labelFont: theme.font,
        labelFontSize: 11.5,
        labelLimit: 320,
        symbolStrokeWidth: 2.5,
      },
    },
  };
}

/** Axis settings that print exactly these labels at these values; vega never formats a number or a date by itself. */
export function labelled(values: readonly number[], labels: readonly string[]): Record<string, unknown> {
  return {
    values: [...values],
    labelExpr: `${JSON.stringify(labels)}[indexof(${JSON.stringify(values)}, datum.value)]`,
  };
}

/** The spec as vega-lite's type; our own builders keep it valid, and a test checks each against the schema. */
export function spec(parts: Record<string, unknown>): TopLevelSpec {
  return parts as unknown as TopLevelSpec;
}

/** Widths in em of letters that are far from the common one, as in the wider of the usual faces without serifs. */
const NARROW = new Set("ijlI.,:;'|!()[] ");
const LEAN = new Set('frt-/');
const WIDE = new Set('mwMW%@…≥≤±→');

/**
 * About how wide a text is drawn, px. No canvas is asked, so that every machine and every browser draws the same picture.
 * @example
 * textWidth('p99 latency', 11) // 61
 */
export function textWidth(text: string, fontSize = 11, bold = false): number {
  let em = 0;
  for (const letter of text) {
    if (letter > '\u2e80') em += 1;
    else if (NARROW.has(letter)) em += 0.32;
    else if (LEAN.has(letter)) em += 0.4;
    else if (WIDE.has(letter)) em += 0.92;
    else em += letter >= 'A' && letter <= 'Z' ? 0.69 : 0.61;
  }
  return em * fontSize * (bold ? 1.1 : 1);
}
