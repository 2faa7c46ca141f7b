import { get, jsonDocuments, list, str } from '../dump/json.js';
import { panelsOf } from '../grafana/frames.js';
import { labelsOf } from '../series/expression.js';
import type { Importer } from './importer.js';

/**
 * A dashboard's definition: queries and legends, no data.
 *
 *     {"title":"…","schemaVersion":36,"templating":{…},"panels":[{"title":"TCP Opens",
 *       "targets":[{"refId":"A","expr":"rate(kubeskoop_tcp_passiveopens[1m])","legendFormat":"passive opens"}]}]}
 *
 * Each query is a fact `grafana.expression` with its panel and legend; by it the columns of exports of the same panels
 * get their names.
 */
export const grafanaDashboard = {
  id: 'grafana-dashboard',
  title: 'Grafana dashboard definition',
  format: { reference: 'https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/', versions: 'schema 1–41' }, // prettier-ignore
  sniff(head) {
    const { text } = head;
    if (!/^\s{0,20}\{/.test(text)) return 0;
    const panels = /"panels"\s{0,5}:\s{0,5}\[/.test(text) || /"rows"\s{0,5}:\s{0,5}\[/.test(text);
    const targets = /"targets"\s{0,5}:\s{0,5}\[/.test(text);
    const model = /"(?:schemaVersion|templating|annotations|__inputs|graphTooltip)"\s{0,5}:/.test(text);
    if (/"snapshotData"\s{0,5}:\s{0,5}\[/.test(text)) return 0.3;
    if (panels && model) return 0.85;
    return targets && /"(?:gridPos|fieldConfig|legendFormat)"\s{0,5}:/.test(text) ? 0.7 : 0;
  },
  async read(file, sink) {
    let queries = 0;
    let panels = 0;
    let title: string | undefined;
    for await (const { value, line } of jsonDocuments(file, sink)) {
      title ??= str(get(value, 'dashboard', 'title')) ?? str(get(value, 'title'));
      // the inspector's "panel JSON" is one panel by itself
      const found = panelsOf(value);
      const all = found.length === 0 ? [value] : found;
      panels += all.length;
      for (const panel of all) {
        const name = str(get(panel, 'title')) ?? '';
        for (const target of list(get(panel, 'targets'))) {
          const expression = str(get(target, 'expr')) ?? str(get(target, 'query'));
          if (expression === undefined || expression === '') continue;
          queries++;
          const legend = str(get(target, 'legendFormat')) ?? '';
          sink.fact('grafana.expression', expression, { labels: labelsOf([['panel', name], ['legend', legend]]), line }); // prettier-ignore
        }
      }
    }
    if (title !== undefined) sink.fact('grafana.title', title);
    sink.fact('grafana.panels', panels);
    sink.problem('DASHBOARD_ONLY', { queries });
    sink.format('dashboard definition');
  },
} as const satisfies Importer;
