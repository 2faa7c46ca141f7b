import { describe, expect, it } from 'vitest';
import { timeline, type TimelineData, type TimelineLine } from '../../src/charts/timeline.js';
import { cssTheme, lightTheme } from '../../src/charts/theme.js';
import { drawSvg } from '../../src/render/svg.js';
import { checkChart } from '../support/check-chart.js';

const START = Date.UTC(2026, 6, 14, 23, 58);

function line(
  name: string,
  role: TimelineLine['role'],
  n: number,
  shape: (i: number) => number,
  place?: number,
): TimelineLine {
  const time = Float64Array.from({ length: n }, (_, i) => START + i * 1000);
  return {
    name,
    role,
    time,
    value: Float64Array.from(time, (_, i) => shape(i)),
    interval: role === 'node',
    ...(place === undefined ? {} : { place }),
  };
}

function data(lines: readonly TimelineLine[], unit: TimelineData['rows'][number]['unit'] = 'bytes'): TimelineData {
  return {
    from: START,
    to: START + 600_000,
    windows: [{ from: START + 100_000, to: START + 130_000 }],
    rows: [
      { title: 'bytes received but not yet read', unit, lines },
      { title: 'pages moved, per second', unit: 'pages/second', lines: [line('node', 'node', 50, (i) => i * 300)] },
    ],
    language: 'en',
    description: 'two rows',
    timeTitle: 'time (UTC)',
  };
}

describe('timeline', () => {
  it('has the properties of every chart', async () => {
    await checkChart(
      timeline,
      data([line('a', 'affected', 600, (i) => (i === 300 ? 1e6 : 10), 0), line('rest', 'spared', 600, () => 10)]),
    );
  });

  it('thins many long lines and keeps a burst of one sample', async () => {
    const lines = Array.from({ length: 40 }, (_, k) =>
      line(`p${k}`, k === 0 ? 'affected' : 'spared', 5000, (i) => (k === 0 && i === 77 ? 999 : 1)),
    );
    await checkChart(timeline, data(lines));
    const text = JSON.stringify(timeline.draw(data(lines), lightTheme, 'narrow'));
    expect(text).toContain('"v":999');
  });

  it('breaks a line where a sample is missing', () => {
    const text = JSON.stringify(
      timeline.draw(data([line('a', 'affected', 30, (i) => (i === 5 ? NaN : 1))]), lightTheme, 'wide'),
    );
    expect(text).toContain('"v":null');
  });

  it('keeps the colour of a pod by its place, not by its order in the chart', () => {
    const both = data([line('b', 'affected', 9, () => 1, 1), line('a', 'affected', 9, () => 2, 0)]);
    const one = data([line('b', 'affected', 9, () => 1, 1)]);
    const colour = (d: TimelineData): string | undefined => {
      const found = /"domain":\[([^\]]*)\],"range":\[([^\]]*)\]/.exec(
        JSON.stringify(timeline.draw(d, cssTheme, 'wide')),
      )!;
      const names = found[1]!.split(',');
      return found[2]!.split(',')[names.indexOf('"b"')];
    };
    expect(colour(one)).toBe('"var(--hit-1)"');
    expect(colour(both)).toBe('"var(--hit-1)"');
  });

  it('prints times in UTC, over midnight, and says where an instant lies in the picture', async () => {
    const { svg } = await drawSvg(timeline.draw(data([line('a', 'affected', 300, (i) => i)]), lightTheme, 'wide'), 'x');
    expect(svg).toContain('00:00:00');
    expect(svg).toMatch(
      new RegExp(`data-from="${START}" data-to="${START + 600_000}" data-x="[\\d.]+" data-width="[\\d.]+"`),
    );
  });

  it('shades other incidents less than its own', async () => {
    const { svg } = await drawSvg(
      timeline.draw(
        {
          ...data([line('a', 'affected', 300, (i) => i)]),
          windows: [
            { from: START + 100_000, to: START + 130_000 },
            { from: START + 200_000, to: START + 230_000, other: true },
          ],
        },
        lightTheme,
        'wide',
      ),
      'x',
    );
    const shades = Array.from(svg.matchAll(new RegExp(`fill="${lightTheme.window}" opacity="([\\d.]+)"`, 'g')), (m) => Number(m[1])); // prettier-ignore
    expect(new Set(shades)).toEqual(new Set([0.35, 0.13]));
  });

  it('takes hostile names as text', async () => {
    const { svg } = await drawSvg(
      timeline.draw(
        data([line('</text><script>x</script>', 'affected', 30, (i) => i), line('other', 'spared', 30, (i) => i)]),
        lightTheme,
        'wide',
      ),
      '"><script>',
    );
    expect(svg).not.toContain('<script');
  });
});
