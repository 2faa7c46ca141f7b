import type { Labels } from '../types/series.js';
import type { Milliseconds } from '../types/units.js';

/** One span of a distributed trace, whatever wrote it. */
export interface Span {
  /** As written: hex or base64, upper or lower case. */
  readonly trace: string;
  readonly id: string;
  readonly parent?: string | undefined;
  /** Empty when the source does not name it. */
  readonly service: string;
  readonly operation: string;
  readonly kind?: 'server' | 'client' | 'producer' | 'consumer' | 'internal' | undefined;
  /** Epoch ms; NaN when absent. */
  readonly start: Milliseconds;
  /** Absent when the source gives none. */
  readonly duration?: Milliseconds | undefined;
  readonly error: boolean;
  /** Entity labels: node, namespace, pod, container. */
  readonly labels: Labels;
  readonly line: number;
}

const ENTITY: readonly (readonly [string, readonly string[]])[] = [
  ['node', ['k8s.node.name', 'host.name', 'hostname', 'node_name']],
  ['namespace', ['k8s.namespace.name', 'namespace']],
  ['pod', ['k8s.pod.name', 'pod', 'pod_name', 'kubernetes.pod.name']],
  ['container', ['k8s.container.name', 'container.name']],
];

/** Entity labels among the attributes of a resource or process. */
export function entityLabels(attribute: (name: string) => string | undefined): Labels {
  const labels: Record<string, string> = {};
  for (const [label, names] of ENTITY) {
    for (const name of names) {
      const value = attribute(name);
      if (value !== undefined && value !== '') {
        labels[label] = value;
        break;
      }
    }
  }
  return labels;
}
