import { describe, expect, it } from 'vitest';
import { textWidth } from '../../src/charts/chart.js';
import { drawSvg } from '../../src/render/svg.js';

describe('textWidth', () => {
  it('grows with the text, the size and the weight; Chinese letters are an em wide', () => {
    expect(textWidth('')).toBe(0);
    expect(textWidth('接收队列', 10)).toBe(40);
    expect(textWidth('iiii')).toBeLessThan(textWidth('mmmm') / 2);
    expect(textWidth('p99 latency', 22)).toBeCloseTo(2 * textWidth('p99 latency', 11), 9);
    expect(textWidth('p99 latency', 11, true)).toBeGreaterThan(textWidth('p99 latency', 11));
  });

  it('is what pictures are laid out by, whatever vega measures otherwise, also when drawn at once', async () => {
    const { textMetrics } = (await import('vega')) as unknown as { textMetrics: { width: unknown } };
    const theirs = textMetrics.width;
    const spec = (title: string) => ({ data: { values: [{ a: 1 }] }, mark: 'point' as const, width: 100, title, encoding: { x: { field: 'a', type: 'quantitative' as const } } }); // prettier-ignore
    const alone = await drawSvg(spec('a title much longer than its plot is wide'), 'a');
    const wide = 1.25 * textWidth('a title much longer than its plot is wide', 13, true);
    expect(alone.width).toBeGreaterThan(150);
    expect(alone.width).toBeLessThan(wide);
    textMetrics.width = () => 5000;
    const both = await Promise.all([
      drawSvg(spec('a title much longer than its plot is wide'), 'a'),
      drawSvg(spec('b'), 'b'),
    ]);
    expect(textMetrics.width).not.toBe(theirs);
    textMetrics.width = theirs;
    expect(both[0]).toEqual(alone);
    expect(both[1].width).toBeLessThan(alone.width);
  });
});
