import type { TopLevelSpec } from 'vega-lite';
import { textWidth } from '../charts/chart.js';
import { escapeHtml } from '../text/escape.js';

/** A drawn chart, as text that may stand inline in a page or alone in a file. */
export interface Drawing {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/**
 * Draws one chart without a browser. Functions of vega's expression language are interpreted, never compiled, so this
 * runs under a content-security policy without `unsafe-eval`; nothing is ever loaded from anywhere.
 * @param label read aloud instead of the picture
 * @throws what vega throws on a broken spec (only notebooks of the reader can cause that)
 * @example
 * const { svg } = await drawSvg(charts.probability.draw(data, lightTheme, 'wide'), 'Probabilities of the causes');
 */
export async function drawSvg(spec: TopLevelSpec, label: string): Promise<Drawing> {
  // lazily and only here: vega has a top-level await, which would bar `require('inquest')`, and takes 0.25 s to load
  const [vega, vegaLite, { expressionInterpreter }] = await Promise.all([
    import('vega'),
    import('vega-lite'),
    import('vega-interpreter'),
  ]);
  const quiet = vega.logger(vega.None);
  const compiled = vegaLite.compile(spec, { logger: quiet }).spec;
  const refuse = (): Promise<never> => Promise.reject(new Error('charts load nothing: give the data inline'));
  return measured(vega, async () => {
    const view = new vega.View(vega.parse(compiled, {}, { ast: true }), {
      expr: expressionInterpreter,
      renderer: 'none',
      logger: quiet,
      loader: { load: refuse, sanitize: refuse, http: refuse, file: refuse, options: {} } as never,
    });
    await view.runAsync();
    const drawn = await view.toSVG();
    const plot = plotSpan(view);
    view.finalize();
    return finish(drawn, label, spec, plot);
  });
}

/** The part of vega that measures text; a function of one's own is provided for, but not typed. */
interface Metrics {
  width: (
    item: { fontSize?: number; fontWeight?: number | string; limit?: number },
    text: string | number | undefined,
  ) => number;
}

const drawing = { now: 0, theirs: undefined as Metrics['width'] | undefined };

/**
 * Draws with our measure of texts. Vega's depends on whether a canvas is at hand: the same chart would differ between
 * Node and a browser, and its guess without one (0.8 em a letter) makes pictures too wide. Theirs is put back after the
 * last of several drawings at a time.
 */
async function measured<T>(vega: object, draw: () => Promise<T>): Promise<T> {
  const metrics = (vega as { textMetrics: Metrics }).textMetrics;
  if (drawing.now++ === 0) {
    drawing.theirs = metrics.width;
    metrics.width = ourWidth;
  }
  try {
    return await draw();
  } finally {
    if (--drawing.now === 0 && drawing.theirs !== undefined) metrics.width = drawing.theirs;
  }
}

const ourWidth: Metrics['width'] = ({ fontSize = 11, fontWeight, limit = 0 }, text) => {
  const bold = fontWeight === 'bold' || Number(fontWeight) >= 600;
  const width = textWidth(String(text ?? '').trim(), fontSize, bold);
  return limit > 0 ? Math.min(width, limit) : width;
};

interface Box {
  readonly x: number;
  readonly width: number;
}

/** Where the first plot lies within the picture, px; the script of the page turns a pointer into an instant by it. */
function plotSpan(view: { origin(): number[]; scenegraph(): unknown }): Box | undefined {
  const origin = view.origin()[0] ?? 0;
  const root = (view.scenegraph() as { root?: unknown }).root;
  const found = findGroup(root, 0);
  return found === undefined ? undefined : { x: origin + found.x, width: found.width };
}

interface SceneNode {
  readonly marktype?: string;
  readonly role?: string;
  readonly name?: string;
  readonly items?: readonly SceneNode[];
  readonly x?: number;
  readonly width?: number;
}

function findGroup(node: unknown, x: number): Box | undefined {
  const { items = [], marktype, name } = node as SceneNode;
  for (const item of items) {
    if (marktype === 'group' && name?.startsWith('concat_') === true && item.width !== undefined)
      return { x: x + (item.x ?? 0), width: item.width };
    for (const child of item.items ?? []) {
      const found = findGroup(child, x + (item.x ?? 0));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function finish(drawn: string, label: string, spec: TopLevelSpec, plot: Box | undefined): Drawing {
  const open = drawn.slice(0, drawn.indexOf('>', drawn.indexOf('<svg')) + 1);
  const width = Number(/\bwidth="([\d.]+)"/.exec(open)?.[1] ?? 0);
  const height = Number(/\bheight="([\d.]+)"/.exec(open)?.[1] ?? 0);
  const span = (spec.usermeta as { inquest?: { from: number; to: number } } | undefined)?.inquest;
  const time =
    span === undefined || plot === undefined
      ? ''
      : ` data-from="${span.from}" data-to="${span.to}" data-x="${round(plot.x)}" data-width="${round(plot.width)}"`;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"${FONT.exec(drawn)?.[0] ?? ''} role="img" aria-label="${escapeHtml(label)}"${time}>`;
  return { svg: head + shorten(drawn.slice(open.length)), width, height };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

const FONT = / font-family="([^"]*)"/;

/**
 * Coordinates to a tenth of a pixel; the face of type once for the whole picture; nothing invisible, and no attribute
 * that only screen readers or scripts of live charts would use.
 */
function shorten(svg: string): string {
  return svg
    .replaceAll('<path class="foreground" d="" display="none"/>', '')
    .replace(/<path class="background" d="[^"]*"(?: opacity="1")?\/>/g, '')
    .replace(/ (?:d|transform|x|y|x1|x2|y1|y2|width|height)="[^"]*"/g, (attribute) =>
      attribute.replace(/-\d+\.\d{2,}|(?<!\d)\d+\.\d{2,}/g, (number) => String(round(Number(number)))),
    )
    .replace(/ (?:aria-hidden|aria-label|pointer-events|role|aria-roledescription|class|font-family)="[^"]*"/g, '')
    .replaceAll(' opacity="1"', '');
}
