import type { Labels } from '../types/series.js';

/**
 * Foreign label names of the canonical entity labels, best first. A label that is present but empty decides too: host
 * network pods carry `k8s_pod=""`, and the scrape's own `pod` must not take that place.
 */
const ENTITY: Readonly<Record<string, readonly string[]>> = {
  node: [
    'exported_node',
    'target_node',
    'k8s_node',
    'node',
    'kubernetes_node',
    'node_name',
    'nodename',
    'kubernetes_io_hostname',
    'host',
    'hostname',
  ],
  namespace: [
    'exported_namespace',
    'target_namespace',
    'k8s_namespace',
    'namespace',
    'kubernetes_namespace',
    'pod_namespace',
    'container_label_io_kubernetes_pod_namespace',
  ],
  pod: [
    'exported_pod',
    'target_pod',
    'k8s_pod',
    'pod',
    'pod_name',
    'kubernetes_pod_name',
    'container_label_io_kubernetes_pod_name',
  ],
  container: ['exported_container', 'container', 'container_name', 'container_label_io_kubernetes_container_name'],
};

const CANONICAL = new Map<string, { name: string; rank: number }>();
for (const [name, variants] of Object.entries(ENTITY))
  variants.forEach((variant, rank) => CANONICAL.set(variant, { name, rank }));

/** Labels that say how a number was collected, not what it is about. */
const SCRAPE = new Set([
  'instance',
  'job',
  'endpoint',
  'prometheus',
  'prometheus_replica',
  'replica',
  'cluster_replica',
  '__replica__',
  'receive',
  'tenant_id',
  'metrics_path',
  'scheme',
  'monitor',
  'exported_job',
  'exported_instance',
  'app_kubernetes_io_name',
  'app_kubernetes_io_instance',
  'controller_revision_hash',
  'pod_template_generation',
  'helm_sh_chart',
]);

/** Labels that cAdvisor adds to each cgroup, derived from the container. */
const CADVISOR = new Set(['id', 'image', 'name']);

/** Labels of copies of the same scrape: of series that differ only in these, one is kept. */
export const REPLICA: ReadonlySet<string> = new Set([
  'prometheus_replica',
  'replica',
  'cluster_replica',
  '__replica__',
  'prometheus',
  'receive',
]);

/** Labels split into those of the thing measured (entity names canonical) and those of the measuring. */
export interface SplitLabels {
  readonly labels: Record<string, string>;
  readonly scrape: Record<string, string>;
}

/** Splits foreign labels; values are kept as they are, empty ones dropped. */
export function splitLabels(foreign: Labels, metric = ''): SplitLabels {
  const cadvisor = metric.startsWith('container_');
  const labels: Record<string, string> = Object.create(null) as Record<string, string>;
  const scrape: Record<string, string> = Object.create(null) as Record<string, string>;
  const ranks = new Map<string, number>();
  for (const [name, value] of Object.entries(foreign)) {
    const canonical = CANONICAL.get(name);
    if (canonical === undefined) {
      if (value === '' || name === '__name__') continue;
      (SCRAPE.has(name) || (cadvisor && CADVISOR.has(name)) ? scrape : labels)[name] = value;
      continue;
    }
    const rank = ranks.get(canonical.name);
    if (rank !== undefined && rank <= canonical.rank) continue;
    ranks.set(canonical.name, canonical.rank);
    labels[canonical.name] = value;
  }
  const empty = [...ranks.keys()].filter((name) => labels[name] === '');
  return { labels: empty.length > 0 ? omit(labels, empty) : labels, scrape };
}

/** A copy of labels without the named ones; without a prototype, so that any name is just a name. */
export function omit(labels: Labels, names: readonly string[]): Record<string, string> {
  const out: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(labels)) if (!names.includes(name)) out[name] = value;
  return out;
}
