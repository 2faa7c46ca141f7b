import type { Fact, Labels } from '../types/series.js';
import { cronJobOf, deploymentOf, workloadOf } from './pod-name.js';

/** What a pod is one instance of. */
export interface Workload {
  readonly name: string;
  /** `Deployment`, `StatefulSet` …, where an owner reference says so. */
  readonly kind?: string;
}

/** Owners of owners that are followed; Kubernetes nests two deep. */
const DEEPEST = 5;

/**
 * Who owns a pod. Owner references decide, wherever the dump holds them: API objects, `kubectl describe`,
 * kube-state-metrics, or labels of recording rules; without them the pattern of the pod's name does.
 */
export class Owners {
  /** Object (`namespace/kind/name`) → its owner (`kind/name`); struck out (null) when stated twice with different values. */
  readonly #owners = new Map<string, string | null>();
  readonly #cache = new Map<string, Workload | undefined>();

  /** Takes the owner references that facts state. */
  fact({ name, value, labels }: Fact): void {
    const namespace = labels['namespace'] ?? '';
    if (name === 'kubernetes.pod.owner') this.#put(namespace, 'Pod', labels['pod'], String(value));
    else if (name === 'kubernetes.owner') this.#put(namespace, labels['kind'] ?? '', labels['object'], String(value));
  }

  /** Takes the owner references that the labels of a series state. */
  series(name: string, labels: Labels): void {
    const namespace = labels['exported_namespace'] ?? labels['namespace'] ?? '';
    const pod = labels['exported_pod'] ?? labels['pod'];
    if (name === 'kube_pod_owner') this.#reference(namespace, 'Pod', pod, labels);
    else if (name === 'kube_replicaset_owner') this.#reference(namespace, 'ReplicaSet', labels['replicaset'], labels);
    else if (name === 'kube_job_owner') this.#reference(namespace, 'Job', labels['job_name'], labels);
    else if (labels['workload'] !== undefined && pod !== undefined) {
      const kind = KINDS.get((labels['workload_type'] ?? '').toLowerCase()) ?? '';
      this.#put(namespace, 'Pod', pod, `${kind}/${labels['workload']}`);
    }
  }

  /** The workload of a pod; undefined for a pod that stands for itself. */
  of(namespace: string | undefined, pod: string): Workload | undefined {
    const key = `${namespace ?? ''}/${pod}`;
    if (!this.#cache.has(key)) this.#cache.set(key, this.#find(namespace ?? '', pod));
    return this.#cache.get(key);
  }

  #reference(namespace: string, kind: string, name: string | undefined, labels: Labels): void {
    // objects without an owner are given `<none>`
    const owner = labels['owner_name'] ?? '';
    if (owner !== '' && owner !== '<none>') this.#put(namespace, kind, name, `${labels['owner_kind'] ?? ''}/${owner}`);
  }

  #put(namespace: string, kind: string, name: string | undefined, owner: string): void {
    if (name === undefined || name === '' || !owner.includes('/')) return;
    for (const space of new Set([namespace, ''])) {
      const key = `${space}/${kind}/${name}`;
      const before = this.#owners.get(key);
      this.#owners.set(key, before === undefined || before === owner ? owner : null);
    }
  }

  #find(namespace: string, pod: string): Workload | undefined {
    const first = this.#owners.get(`${namespace}/Pod/${pod}`);
    if (first === undefined || first === null) {
      const name = workloadOf(pod);
      return name === pod ? undefined : { name };
    }
    let owner = first;
    for (let depth = 0; depth < DEEPEST; depth++) {
      const next: string | undefined = this.#owners.get(`${namespace}/${owner}`) ?? byName(owner);
      if (next === undefined) break;
      owner = next;
    }
    const at = owner.indexOf('/');
    const [kind, name] = [owner.slice(0, at), owner.slice(at + 1)];
    // pods that the kubelet runs from files belong to their node, which ends their name
    if (kind === 'Node') return pod.endsWith(`-${name}`) ? { name: pod.slice(0, -name.length - 1), kind } : undefined;
    return kind === '' ? { name } : { name, kind };
  }
}

/** The owner of an owner that the dump does not describe, as its name tells it. */
function byName(owner: string): string | undefined {
  const at = owner.indexOf('/');
  const name = owner.slice(at + 1);
  switch (owner.slice(0, at)) {
    case 'ReplicaSet':
      return prefixed('Deployment', deploymentOf(name));
    case 'Job':
      return prefixed('CronJob', cronJobOf(name));
    default:
      return undefined;
  }
}

function prefixed(kind: string, name: string | undefined): string | undefined {
  return name === undefined ? undefined : `${kind}/${name}`;
}

const KINDS = new Map(
  ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob'].map((kind) => [kind.toLowerCase(), kind]),
);
