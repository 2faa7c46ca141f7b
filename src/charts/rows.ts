/** One row of a chart of rows: a label above, a mark below. Rows are placed by us, so that long names never squeeze the marks. */
export interface Placed {
  /** Middle of the mark, px from the top. */
  readonly y: number;
  /** Baseline of the label. */
  readonly labelY: number;
}

/** Heights of `n` rows of `step` px: labels above their marks. */
export function placeRows(n: number, step: number): Placed[] {
  return Array.from({ length: n }, (_, i) => ({ y: i * step + step * 0.68, labelY: i * step + step * 0.3 }));
}

/** Encoding of a vertical place in px, top down. */
export function pixelY(field: string, height: number): Record<string, unknown> {
  return {
    field,
    type: 'quantitative',
    scale: { domain: [0, height], range: [0, height], nice: false, zero: false },
    axis: null,
  };
}
