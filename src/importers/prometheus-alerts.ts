import { get, jsonDocuments, list, str } from '../dump/json.js';
import { apiTime } from '../kubernetes/time.js';
import { LogWriter } from '../logs/writer.js';
import type { Labels } from '../types/series.js';
import type { Importer } from './importer.js';

const START = 30_000;

/**
 * Alerts as Prometheus (`/api/v1/alerts`, `/api/v1/rules`, also Thanos, Mimir, Loki) and Alertmanager (`/api/v2/alerts`,
 * its webhook) list them: one event each, from when it became active to its end where one is given.
 *
 *     {"status":"success","data":{"alerts":[{"labels":{"alertname":"HighLatency","pod":"web-1"},
 *       "annotations":{"summary":"p99 high"},"state":"firing","activeAt":"2024-05-06T10:00:00Z","value":"1.2e+00"}]}}
 */
export const prometheusAlerts: Importer = {
  id: 'prometheus-alerts',
  title: 'alerts of Prometheus and Alertmanager (JSON)',
  format: { reference: 'https://prometheus.io/docs/prometheus/latest/querying/api/#alerts', versions: 'v1; Alertmanager v2' }, // prettier-ignore
  sniff({ text }) {
    const start = text.slice(0, START);
    if (!/^\s{0,20}[{[]/.test(start)) return 0;
    const named = /"alertname"\s{0,5}:/.test(start);
    if (named && /"activeAt"\s{0,5}:/.test(start)) return 0.95;
    if (named && /"startsAt"\s{0,5}:/.test(start)) return 0.95;
    return /"data"\s{0,5}:\s{0,5}\{\s{0,5}"(?:alerts|groups)"\s{0,5}:\s{0,5}\[/.test(start) ? 0.9 : 0;
  },
  async read(file, sink) {
    const writer = new LogWriter(sink);
    let count = 0;
    for await (const { value, line } of jsonDocuments(file, sink))
      for (const alert of alertsIn(value)) {
        count++;
        write(writer, alert, line);
      }
    writer.finish();
    sink.fact('alerts.count', count, { labels: sink.context });
    if (count === 0) sink.problem('NO_ITEMS');
    sink.format(`${count} alerts`);
  },
};

function alertsIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return list(value);
  const data = get(value, 'data') ?? value;
  if (Array.isArray(data)) return list(data);
  const rules = list(get(data, 'groups')).flatMap((group) => list(get(group, 'rules')));
  return [...list(get(data, 'alerts')), ...rules.flatMap((rule) => list(get(rule, 'alerts')))];
}

function write(writer: LogWriter, alert: unknown, line: number): void {
  const labels = labelsOf(get(alert, 'labels'));
  const name = labels['alertname'] ?? 'unnamed';
  const state = stateOf(alert);
  const from = apiTime(get(alert, 'activeAt')) ?? apiTime(get(alert, 'startsAt'));
  const to = apiTime(get(alert, 'endsAt'));
  // Alertmanager states a time to come for alerts that still fire
  const over = from !== undefined && to !== undefined && to > from && state !== 'active' && state !== 'firing';
  writer.write({
    ...(over ? { duration: to - from } : {}),
    time: from,
    line,
    kind: `alert.${name.slice(0, 100).replaceAll(/[^\w.-]{1,100}/g, '-')}`,
    message: messageOf(alert, name, state),
    level: SEVERE.test(labels['severity'] ?? '') ? 'error' : 'warn',
    labels,
  });
}

const SEVERE = /^(?:critical|page|error|emergency|fatal|p[01])$/i;

function stateOf(alert: unknown): string {
  const status = get(alert, 'status');
  return str(get(alert, 'state')) ?? str(get(status, 'state')) ?? str(status) ?? '';
}

function messageOf(alert: unknown, name: string, state: string): string {
  const told = ['summary', 'description', 'message'].map((key) => str(get(alert, 'annotations', key)));
  const value = str(get(alert, 'value'));
  const parts = [told.find((text) => text !== undefined && text !== '') ?? name];
  if (state !== '') parts.push(`(${state})`);
  if (value !== undefined) parts.push(`value ${value}`);
  return parts.join(' ');
}

function labelsOf(value: unknown): Labels {
  const labels = Object.create(null) as Record<string, string>;
  if (typeof value !== 'object' || value === null) return labels;
  for (const [name, text] of Object.entries(value).slice(0, 60)) if (typeof text === 'string') labels[name] = text;
  return labels;
}
