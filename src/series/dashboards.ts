import { normalLegend } from '../signals/legends.js';
import type { Fact } from '../types/series.js';

/** What a dashboard in the dump says of a column: its query and the labels that its legend spells out. */
export interface LegendMatch {
  readonly expression: string;
  readonly labels: readonly (readonly [string, string])[];
}

interface Query {
  readonly panel: string;
  readonly expression: string;
  readonly legend: string;
  readonly template: Template;
}

/** Queries of the dashboards of a dump, asked by panel title and legend. */
export class Dashboards {
  readonly #byPanel = new Map<string, Query[]>();
  readonly #byLegend = new Map<string, Query[]>();

  constructor(facts: readonly Fact[]) {
    for (const { name, value, labels } of facts) {
      if (name !== 'grafana.expression') continue;
      const panel = labels['panel'] ?? '';
      const legend = labels['legend'] ?? '';
      const query = { panel, expression: String(value), legend, template: templateOf(legend) };
      add(this.#byPanel, normalLegend(panel), query);
      if (query.template.names.length === 0 && legend !== '') add(this.#byLegend, normalLegend(legend), query);
    }
  }

  /**
   * The query behind a column of an export. Panel and legend must fit; without a panel of that title the legend alone
   * does, if all dashboards agree on it.
   */
  find(title: string, column: string): LegendMatch | undefined {
    const panel = this.#byPanel.get(normalLegend(title));
    if (panel !== undefined) {
      for (const query of panel) {
        const values = match(query.template, column);
        if (values !== null) return { expression: query.expression, labels: values };
      }
      // a panel with one query and no legend shows series by their labels
      const only = panel.length === 1 ? panel[0] : undefined;
      if (only !== undefined && (only.legend === '' || only.legend === '__auto'))
        return { expression: only.expression, labels: [] };
    }
    const same = this.#byLegend.get(normalLegend(column));
    if (same === undefined || !same.every(({ expression }) => expression === same[0]!.expression)) return undefined;
    return { expression: same[0]!.expression, labels: [] };
  }
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  if (key === '') return;
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** `{{ns}}/{{pod}}` as literal texts around names: one text more than names. */
interface Template {
  readonly texts: readonly string[];
  readonly names: readonly string[];
}

function templateOf(legend: string): Template {
  const texts: string[] = [];
  const names: string[] = [];
  let from = 0;
  for (let open = legend.indexOf('{{'); open >= 0; open = legend.indexOf('{{', from)) {
    const close = legend.indexOf('}}', open);
    if (close < 0) break;
    texts.push(legend.slice(from, open));
    names.push(legend.slice(open + 2, close).trim());
    from = close + 2;
  }
  texts.push(legend.slice(from));
  return { texts, names };
}

/** Values of the names in a template, each up to the next literal text; null when the text does not fit. */
function match({ texts, names }: Template, text: string): (readonly [string, string])[] | null {
  if (names.length === 0) return texts[0] === text ? [] : null;
  if (!text.startsWith(texts[0]!)) return null;
  const values: (readonly [string, string])[] = [];
  let at = texts[0]!.length;
  for (let i = 0; i < names.length; i++) {
    const next = texts[i + 1]!;
    const last = i === names.length - 1;
    const end = last ? text.length - next.length : text.indexOf(next, at);
    if (end < at || (last && !text.endsWith(next))) return null;
    values.push([names[i]!, text.slice(at, end)]);
    at = end + next.length;
  }
  return values;
}
