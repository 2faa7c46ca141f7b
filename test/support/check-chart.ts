import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { compile, type TopLevelSpec } from 'vega-lite';
import { expect } from 'vitest';
import { MAX_POINTS, PICTURE, type Chart, type Size } from '../../src/charts/chart.js';
import { cssTheme, lightTheme } from '../../src/charts/theme.js';
import { drawSvg } from '../../src/render/svg.js';

const schemaFile = createRequire(import.meta.url).resolve('vega-lite/vega-lite-schema.json');
const schema = JSON.parse(readFileSync(schemaFile, 'utf8')) as object;
const ajv = new Ajv({ allErrors: false, strict: false, validateFormats: false });
const validate = ajv.compile(schema);

/**
 * The properties of every chart: valid by the schema of vega-lite, compiles without a warning, has a description, at
 * most 2,000 points a layer, draws the same bytes twice, fits its width, holds no id that could clash in a page.
 */
export async function checkChart<D>(chart: Chart<D>, data: D): Promise<void> {
  for (const size of ['wide', 'narrow'] as Size[]) {
    const before = JSON.stringify(data);
    const spec = chart.draw(data, lightTheme, size);
    expect(JSON.stringify(data), 'data must not be written to').toBe(before);
    expect(validate(spec), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
    expect(warningsOf(spec)).toEqual([]);
    expect((spec as { description?: string }).description ?? '').not.toBe('');
    for (const n of layerSizes(spec)) expect(n).toBeLessThanOrEqual(MAX_POINTS);
    const drawing = await drawSvg(spec, 'label');
    expect(await drawSvg(chart.draw(data, lightTheme, size), 'label')).toEqual(drawing);
    expect(drawing.width).toBeGreaterThan(200);
    // vega guesses widths of texts without a canvas; a few pixels more are scaled away by the page
    expect(drawing.width).toBeLessThanOrEqual(PICTURE[size] * 1.12);
    expect(drawing.svg).not.toMatch(/\sid="/);
    expect(drawing.svg).not.toMatch(/NaN|undefined|\[object/);
    const themed = await drawSvg(chart.draw(data, cssTheme, size), 'label');
    expect(themed.svg.replace(/var\(--[a-z0-9-]+\)/g, '')).not.toMatch(/#[0-9a-f]{6}/i);
  }
}

function warningsOf(spec: TopLevelSpec): string[] {
  const warnings: string[] = [];
  const logger = {
    level: () => logger,
    error: (...message: string[]) => (warnings.push(message.join(' ')), logger),
    warn: (...message: string[]) => (warnings.push(message.join(' ')), logger),
    info: () => logger,
    debug: () => logger,
  };
  compile(spec, { logger: logger });
  return warnings;
}

/** Numbers of rows of inline data anywhere in a spec. */
function layerSizes(node: unknown): number[] {
  if (Array.isArray(node)) return node.flatMap(layerSizes);
  if (node === null || typeof node !== 'object') return [];
  const own =
    'values' in node && Array.isArray(node.values) && typeof node.values[0] === 'object' ? [node.values.length] : [];
  return [...own, ...Object.values(node).flatMap(layerSizes)];
}
