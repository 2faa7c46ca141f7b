import type { Fact, Labels } from '../types/series.js';
import type { Level } from '../signals/signal.js';
import type { Imported } from './foreign.js';
import { omit, splitLabels } from './labels.js';

interface Owner {
  readonly node?: string;
  readonly namespace?: string;
  readonly pod?: string;
  readonly container?: string;
}

/** What the dump tells of who belongs to whom; completes labels that say only part of it. */
export interface EntityGraph {
  /** Labels with what follows from them added: pid → pod, cgroup folder → pod, pod → namespace and node, the only node. */
  complete(labels: Record<string, string>, scrape: Labels, level: Level): Record<string, string>;
  /** The node, when the dump speaks of exactly one. */
  readonly node: string | undefined;
}

const UID = /[0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12}/;
const CONTAINER_ID = /[0-9a-f]{64}/;

/** Reads the relations from labels that series carry together and from facts of pods (pid, uid, container id). */
export function entityGraph(imported: Imported): EntityGraph {
  const builder = new GraphBuilder();
  const seen = new Set<Labels>();
  for (const { labels, name } of imported.series) {
    if (seen.has(labels)) continue;
    seen.add(labels);
    builder.labels(labels, name);
  }
  for (const fact of imported.facts) builder.fact(fact);
  for (const event of imported.events) builder.labels(event.labels, '');
  return builder.finish();
}

/** A map of one-to-one statements: a key stated twice with different values is struck out. */
class Unique {
  readonly #map = new Map<string, string | null>();
  put(key: string, value: string): void {
    const before = this.#map.get(key);
    if (before === undefined) this.#map.set(key, value);
    else if (before !== value) this.#map.set(key, null);
  }
  get(key: string): string | undefined {
    return this.#map.get(key) ?? undefined;
  }
}

class GraphBuilder {
  readonly #nodes = new Set<string>();
  readonly #hostnames = new Set<string>();
  readonly #nodeOfInstance = new Unique();
  readonly #namespaceOfPod = new Unique();
  readonly #nodeOfPod = new Unique();
  readonly #pods = new Set<string>();
  readonly #podOfPid = new Unique();
  readonly #uidOfPid = new Unique();
  readonly #containerOfPid = new Unique();
  readonly #podOfUid = new Unique();
  readonly #podOfContainer = new Unique();
  readonly #containers = new Unique();

  labels(foreign: Labels, metric: string): void {
    const { labels, scrape } = splitLabels(foreign, metric);
    const { node, namespace, pod } = labels;
    if (node !== undefined) {
      this.#nodes.add(node);
      const instance = scrape['instance'];
      if (instance !== undefined) this.#nodeOfInstance.put(hostOf(instance), node);
    }
    if (pod === undefined) return;
    this.#pods.add(pod);
    if (namespace !== undefined) this.#namespaceOfPod.put(pod, namespace);
    // the scrape of a pod metric by an exporter of the node: its own pod label is not the subject
    if (node !== undefined && !metric.startsWith('node_')) this.#nodeOfPod.put(pod, node);
    const uid = UID.exec(foreign['id'] ?? '')?.[0];
    if (uid !== undefined) this.#podOfUid.put(uid.replaceAll('_', '-'), pod);
    const id = CONTAINER_ID.exec(foreign['id'] ?? '')?.[0];
    if (id !== undefined && labels['container'] !== undefined) {
      this.#podOfContainer.put(id, pod);
      this.#containers.put(id, labels['container']);
    }
  }

  fact(fact: Fact): void {
    if (fact.name === 'node.name') {
      this.#hostnames.add(String(fact.value));
      return;
    }
    const pid = fact.labels['pid'];
    if (pid !== undefined && fact.name === 'process.pod_uid') this.#uidOfPid.put(pid, String(fact.value));
    if (pid !== undefined && fact.name === 'process.container_id') this.#containerOfPid.put(pid, String(fact.value));
    this.labels(fact.labels, '');
    const { labels } = splitLabels(fact.labels);
    const pod = labels['pod'];
    if (pod === undefined) return;
    // API objects and notes of collectors say the same
    const name = fact.name.replace(/^kubernetes\./, '');
    if (name === 'pod.pid') this.#podOfPid.put(String(fact.value), pod);
    else if (name === 'pod.uid') this.#podOfUid.put(String(fact.value), pod);
    else if (name === 'pod.node') this.#nodeOfPod.put(pod, String(fact.value));
    else if (name === 'container.id') {
      const id = CONTAINER_ID.exec(String(fact.value))?.[0];
      if (id === undefined) return;
      this.#podOfContainer.put(id, pod);
      if (labels['container'] !== undefined) this.#containers.put(id, labels['container']);
    }
  }

  finish(): EntityGraph {
    if (this.#nodes.size === 0) for (const name of this.#hostnames) this.#nodes.add(name);
    const node = this.#nodes.size === 1 ? [...this.#nodes][0] : undefined;
    return {
      node,
      complete: (labels, scrape, level) => this.#completed(labels, scrape, level, node),
    };
  }

  #completed(
    given: Record<string, string>,
    scrape: Labels,
    level: Level,
    node: string | undefined,
  ): Record<string, string> {
    const owner = this.#ownerOf(given);
    const out = owner === undefined ? given : omit(given, ['cgroup', 'pod_uid', 'container_id']);
    if (owner?.container !== undefined) out['container'] ??= owner.container;
    const pod = out['pod'] ?? owner?.pod;
    if (pod !== undefined) {
      out['pod'] = pod;
      const namespace = out['namespace'] ?? this.#namespaceOfPod.get(pod);
      if (namespace !== undefined) out['namespace'] = namespace;
    }
    out['node'] ??= this.#nodeFor(pod, scrape['instance'], level) ?? (isPlaced(pod, level) ? (node ?? '') : '');
    if (out['node'] === '') delete out['node'];
    return out;
  }

  #nodeFor(pod: string | undefined, instance: string | undefined, level: Level): string | undefined {
    if (pod !== undefined) {
      const node = this.#nodeOfPod.get(pod);
      if (node !== undefined) return node;
    }
    if (instance === undefined) return undefined;
    const host = hostOf(instance);
    const node = this.#nodeOfInstance.get(host);
    if (node !== undefined) return node;
    const named = [...this.#nodes].find((name) => name === host || name.endsWith(`.${host}`));
    if (named !== undefined) return named;
    return level === 'node' && this.#nodes.size !== 1 ? host : undefined;
  }

  #ownerOf(labels: Readonly<Record<string, string>>): Owner | undefined {
    const { pod, pid, cgroup } = labels;
    if (pod !== undefined) return undefined;
    const owner = cgroup === undefined ? undefined : this.#ownerOfCgroup(cgroup);
    if (owner !== undefined || pid === undefined) return owner;
    const ofPid = this.#podOfPid.get(pid);
    if (ofPid !== undefined) return { pod: ofPid };
    const path = `${this.#uidOfPid.get(pid) ?? ''}/${this.#containerOfPid.get(pid) ?? ''}`;
    return path === '/' ? undefined : this.#ownerOfCgroup(path);
  }

  #ownerOfCgroup(cgroup: string): Owner | undefined {
    const id = CONTAINER_ID.exec(cgroup)?.[0];
    const uid = UID.exec(cgroup)?.[0]?.replaceAll('_', '-');
    const pod =
      this.#podOfUid.get(uid ?? '') ??
      this.#podOfContainer.get(id ?? '') ??
      cgroup.split('/').findLast((part) => this.#pods.has(part)) ??
      uid; // a pod that nobody names is still one pod
    if (pod === undefined) return undefined;
    const container = this.#containers.get(id ?? '');
    return container === undefined ? { pod } : { pod, container };
  }
}

/** Whether something is on a node at all: paths and services are between nodes. */
function isPlaced(pod: string | undefined, level: Level): boolean {
  return pod !== undefined || (level !== 'path' && level !== 'service');
}

function hostOf(instance: string): string {
  const host = /^\[([^\]]*)\](?::\d+)?$/.exec(instance);
  if (host !== null) return host[1]!;
  return instance.replace(/^https?:\/\//, '').split(/[:/]/, 1)[0]!;
}
