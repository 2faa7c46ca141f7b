import type { Level } from '../signals/signal.js';
import { legendOf, type Legend } from '../signals/legends.js';
import type { Labels } from '../types/series.js';
import { Dashboards } from './dashboards.js';
import { parseFileName, type FileName } from './file-name.js';
import { labelsOf } from './expression.js';
import type { ForeignSeries, Imported } from './foreign.js';
import { medianStep } from './key.js';
import { splitLabels } from './labels.js';
import { resolveName } from './resolve.js';

/**
 * Series whose name says who or nothing, named by what their file holds: a column `web-1` or `Value` of
 * `kubeskoop_tcp_insegs.csv`, a nameless answer in `rate_x.json`, `RX Queue` of a shipped dashboard. Which label a bare
 * legend stands for shows in the other files of the dump, else in the level of the signal.
 */
export function nameColumns(imported: Imported): Imported {
  const who = new Who(imported);
  const dashboards = new Dashboards(imported.facts);
  const files = new Map<string, FileName>();
  const series = imported.series.map((one) => {
    const path = pathOf(one);
    let file = files.get(path);
    if (file === undefined) files.set(path, (file = parseFileName(path)));
    return byDashboard(one, file, dashboards) ?? named(one, file, imported.expressions.get(path), who);
  });
  return { ...imported, series };
}

/** File that the first sample of a series comes from. */
export function pathOf({ origin }: ForeignSeries): string {
  const index = typeof origin.file === 'number' ? origin.file : (origin.file[0] ?? 0);
  return origin.files[index] ?? '';
}

function named(series: ForeignSeries, file: FileName, expression: string | undefined, who: Who): ForeignSeries {
  const { name, labels } = series;
  if (labels['legend'] !== undefined) return { ...series, labels: who.resolve(labels, levelOf(name)) };
  const anonymous = isTitle(name, file);
  // exports of several files under one name cannot be told by a file
  if (!anonymous && (series.scope !== 'file' || resolveName(name, labels).length > 0)) return byLegend(series);
  const panel = panelOf(file, expression);
  if (panel === undefined) return anonymous ? series : byLegend(series);
  // a file called after its contents is no panel: its columns say what they are
  if (!anonymous && legendOf(name) !== undefined && !inCatalogue(file.metric)) return byLegend(series);
  const entries = [...Object.entries(labels), ...(anonymous ? [] : legendLabels(name))];
  return {
    ...series,
    ...panelSeries(panel, medianStep(series.time)),
    labels: who.resolve(labelsOf(entries), levelOf(panel.text ?? panel.metric)),
    ...conversion(series.conversion, anonymous ? undefined : `column "${name}"`),
  };
}

/** What a column of a panel says beside the metric: who, and which quantile (`web-1 q0.99`). */
function legendLabels(column: string): (readonly [string, string])[] {
  const match = /^(.{1,200}) q(0?\.\d{1,4}|1)$/.exec(column);
  if (match === null) return [['legend', column]];
  return [
    ['legend', match[1]!],
    ['quantile', String(Number(match[2]))],
  ];
}

function conversion(before: string | undefined, more: string | undefined): { conversion?: string } {
  const parts = [before, more].filter((part) => part !== undefined);
  return parts.length === 0 ? {} : { conversion: parts.join(', ') };
}

/** Whether a name is that of its file: the importer had nothing better. */
function isTitle(name: string, file: FileName): boolean {
  return name === file.title || parseFileName(name).title === file.title;
}

/** A column of a panel whose query a dashboard in the dump tells. */
function byDashboard(series: ForeignSeries, file: FileName, dashboards: Dashboards): ForeignSeries | undefined {
  if (series.scope !== 'file') return undefined;
  const column = isTitle(series.name, file) ? '' : series.name;
  const found = dashboards.find(file.title, column);
  if (found === undefined) return undefined;
  const entries = found.labels.filter(([, value]) => value !== '');
  return {
    ...series,
    name: found.expression,
    labels: labelsOf([...Object.entries(series.labels), ...entries]),
    ...conversion(series.conversion, `legend "${column}" of panel "${file.title}"`),
  };
}

interface Panel {
  readonly metric: string;
  /** What the numbers are, when it differs from the metric itself. */
  readonly text?: string;
  /** A rate over an unknown window. */
  readonly rated?: boolean;
  readonly increase?: boolean;
}

function panelOf(file: FileName, expression: string | undefined): Panel | undefined {
  if (expression !== undefined) return { metric: expression, text: expression };
  const { metric, quantile, rate, increase } = file;
  if (metric !== undefined && isMetric(metric)) {
    if (quantile !== undefined)
      return { metric, text: `histogram_quantile(${quantile}, ${metric.replace(/_bucket$/, '')}_bucket)` };
    if (increase === true) return { metric, text: `increase(${metric}[$__interval])` };
    return rate === undefined ? { metric } : { metric, rated: true };
  }
  const legend = legendOf(file.title);
  return legend === undefined ? undefined : { metric: legend.metric, text: legendText(legend) };
}

function panelSeries(panel: Panel, step: number): Partial<ForeignSeries> & { name: string } {
  if (panel.rated === true) return { name: panel.metric, kind: 'rate', window: assumedWindow(step) };
  return { name: panel.text ?? panel.metric };
}

/** Window of a rate that nobody states: Grafana's `$__rate_interval` is four scrapes, and panels are drawn by the scrape. */
export function assumedWindow(step: number): number {
  return 4 * step;
}

/** Known to the catalogue, or written as exporters write: words joined by `_`, or a recording rule. */
function isMetric(name: string): boolean {
  if (resolveName(name, {}).length > 0 || resolveName(`${name}_count`, {}).length > 0) return true;
  return /^[a-z][a-z0-9]*(?:_[a-z0-9]+){2,}$/i.test(name) || /^[a-z]\w*:[\w:]+$/i.test(name);
}

function legendText({ metric, rate }: Legend): string {
  return rate === undefined ? metric : `rate(${metric}[${rate / 1000}s])`;
}

function inCatalogue(metric: string | undefined): boolean {
  return metric !== undefined && resolveName(metric, {}).length > 0;
}

/** A legend of a shipped dashboard under its metric; other series unchanged. */
function byLegend(series: ForeignSeries): ForeignSeries {
  if (resolveName(series.name, series.labels).length > 0) return series;
  const legend = legendOf(series.name);
  // a name that means something outside its file may be a counter; a level is one everywhere
  if (legend === undefined || (series.scope !== 'file' && legend.rate !== undefined)) return series;
  return { ...series, name: legendText(legend), ...conversion(series.conversion, `legend "${series.name}"`) };
}

function levelOf(name: string): Level {
  return resolveName(name, {})[0]?.signal.level ?? 'pod';
}

const POD_SHAPE = /-(?:[a-z0-9]{6,10}-[a-z0-9]{5}|\d{1,3})$/;

/** Labels that a legend may stand for, by the level of the signal, likeliest first. */
const PREFERENCE: Readonly<Record<Level, readonly string[]>> = {
  pod: ['pod', 'node', 'container', 'namespace', 'service'],
  process: ['pod', 'node', 'container', 'service'],
  thread: ['pod', 'node'],
  service: ['service', 'pod', 'namespace', 'node'],
  path: ['service', 'pod', 'node'],
  node: ['node', 'instance', 'pod'],
  device: ['device', 'interface', 'node', 'instance'],
  cpu: ['cpu', 'node', 'instance'],
};

/** Who a legend speaks of, by the values that labels have elsewhere in the dump. */
class Who {
  readonly #known = new Map<string, Set<string>>();

  constructor(imported: Imported) {
    const seen = new Set<Labels>();
    const add = (labels: Labels): void => {
      if (seen.has(labels)) return;
      seen.add(labels);
      const { labels: own, scrape } = splitLabels(labels);
      for (const [name, value] of [...Object.entries(own), ...Object.entries(scrape)]) {
        if (name === 'legend') continue;
        const names = this.#known.get(value);
        if (names === undefined) this.#known.set(value, new Set([name]));
        else names.add(name);
      }
    };
    for (const { labels } of imported.series) add(labels);
    for (const { labels } of imported.facts) add(labels);
    for (const { labels } of imported.events) add(labels);
  }

  /** Labels with `legend` replaced by what it stands for; kept where nothing tells. */
  resolve(labels: Labels, level: Level): Labels {
    const legend = labels['legend'];
    if (legend === undefined) return labels;
    const rest = Object.entries(labels).filter(([name]) => name !== 'legend');
    return labelsOf([...rest, ...this.#meaning(legend, level)]);
  }

  #meaning(legend: string, level: Level): (readonly [string, string])[] {
    if (/^host ?net(?:work)?$/i.test(legend)) return [];
    const known = this.#known.get(legend);
    const label = PREFERENCE[level].find((name) => known?.has(name) === true);
    if (label !== undefined) return [[label, legend]];
    const slash = legend.indexOf('/');
    if (slash > 0 && legend.indexOf('/', slash + 1) < 0 && (level === 'pod' || level === 'service'))
      return [
        ['namespace', legend.slice(0, slash)],
        ['pod', legend.slice(slash + 1)],
      ];
    if (!/^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/.test(legend)) return [['legend', legend]];
    if (level === 'pod' || level === 'process') return [['pod', legend]];
    if (level === 'service' || level === 'path') return [[POD_SHAPE.test(legend) ? 'pod' : 'service', legend]];
    return [['legend', legend]];
  }
}
