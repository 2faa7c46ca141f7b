import type { Milliseconds } from '../types/units.js';

/** What a file name says of the series inside. */
export interface FileName {
  /** Name without folders, extensions and export stamps. */
  readonly title: string;
  /** Metric, where the name reads as one (`rate_x.json` → `x`). */
  readonly metric?: string;
  /** The name says rate; the window is unknown (0). */
  readonly rate?: Milliseconds;
  readonly increase?: boolean;
  /** `p99_x`, `x_p99` → 0.99. */
  readonly quantile?: number;
  /** `max_x`, `avg_x`, `mean_x` … */
  readonly aggregate?: string;
  /** Grafana's transformation in the name: `joinbyfield`, `seriestorows` … */
  readonly layout?: string;
}

const EXTENSION = /\.(?:json|csv|tsv|txt|jsonl|ndjson|prom|log|gz|zst|xz|bz2)$/i;
const GRAFANA =
  /^(.{1,300})-data(?:-as-([a-z]{1,40}))?-\d{4}-\d\d-\d\d[ _T]?\d\d[_:.-]\d\d[_:.-]\d\d(?: ?\(\d{1,4}\))?$/i;
const METRIC = /^[a-zA-Z_:][\w:]*$/;

/**
 * The parts of a file name: `rate_kubeskoop_tcp_insegs.json`, `p99_http_request_duration_seconds.json`,
 * `CPU Basic-data-as-joinbyfield-2024-09-05 12_00_00.csv`. A hint only: contents overrule it.
 * @param path inside the dump; folders and `archive!/` prefixes are ignored
 */
export function parseFileName(path: string): FileName {
  let name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  for (let i = 0; i < 3 && EXTENSION.test(name); i++) name = name.replace(EXTENSION, '');
  const grafana = GRAFANA.exec(name);
  const title = grafana?.[1] ?? name;
  const layout = grafana?.[2]?.toLowerCase();
  const base = layout === undefined ? { title } : { title, layout };
  if (!METRIC.test(title)) return base;
  return { ...base, ...affixes(title) };
}

function affixes(title: string): Omit<FileName, 'title'> {
  const prefix = /^(?:(sum|avg|mean|max|min)_)?(?:(i?rate|increase)\d{0,3}[smh]?_)?(?:(p\d{1,4})_)?(?=.)/i.exec(title);
  const [whole = '', aggregate, rate, quantile] = prefix ?? [];
  const rest = title.slice(whole.length);
  const suffix = /^(.+)_(?:(p\d{1,4})|(i?rate|increase))$/i.exec(rest);
  const [, metric = rest, lastQuantile, lastRate] = suffix ?? [];
  const percentile = lastQuantile ?? quantile;
  const change = lastRate ?? rate;
  return {
    metric,
    ...(aggregate !== undefined && { aggregate: aggregate.toLowerCase() === 'mean' ? 'avg' : aggregate.toLowerCase() }),
    ...(change !== undefined && { rate: 0 }),
    ...(change !== undefined && /^inc/i.test(change) && { increase: true }),
    ...(percentile !== undefined && { quantile: quantileOf(percentile) }),
  };
}

/** `p99` → 0.99, `p999` → 0.999, `p50` → 0.5, `p100` → 1. */
export function quantileOf(text: string): number {
  const digits = text.replace(/^[pq]/i, '');
  const value = Number(digits);
  if (digits.length > 2 && value > 100) return value / 10 ** digits.length;
  return value / 100;
}
