import type { Entity } from '../types/case.js';
import type { Labels } from '../types/series.js';
import type { Owners } from '../workloads/owners.js';
import type { PodLife } from './pod-lives.js';

/** The entities that labels speak of, each once, in order of type and key; pods with their workload and their life. */
export function entitiesOf(all: Iterable<Labels>, owners: Owners, lives: readonly PodLife[]): Entity[] {
  const found = new Map<string, Entity>();
  const put = (entity: Entity): void => {
    const key = `${entity.type} ${JSON.stringify(Object.entries(entity.labels).sort())}`;
    if (!found.has(key)) found.set(key, entity);
  };
  const byPod = new Map(lives.map((life) => [`${life.namespace ?? ''}/${life.pod}`, life]));
  const seen = new Set<Labels>();
  for (const labels of all) {
    if (seen.has(labels)) continue;
    seen.add(labels);
    for (const [type, names] of TYPES) {
      if (labels[names[0]!] === undefined) continue;
      const own: Record<string, string> = Object.create(null) as Record<string, string>;
      for (const name of names) if (labels[name] !== undefined) own[name] = labels[name];
      if (type === 'pod') for (const entity of podEntities(own, owners, byPod)) put(entity);
      else put({ type, labels: own });
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entity]) => entity);
}

const TYPES: readonly (readonly [Entity['type'], readonly string[]])[] = [
  ['node', ['node']],
  ['namespace', ['namespace']],
  ['pod', ['pod', 'namespace', 'node']],
  ['container', ['container', 'pod', 'namespace', 'node']],
  ['process', ['pid', 'pod', 'namespace', 'node']],
  ['service', ['service', 'namespace']],
];

/** A pod, and its workload where it has one. */
function podEntities(labels: Labels, owners: Owners, lives: ReadonlyMap<string, PodLife>): Entity[] {
  const { pod, namespace } = labels as { readonly pod: string; readonly namespace?: string };
  const workload = owners.of(namespace, pod);
  const life = lives.get(`${namespace ?? ''}/${pod}`);
  const entity: Entity = {
    type: 'pod',
    labels: workload === undefined ? labels : { ...labels, workload: workload.name },
    ...(life?.begins !== undefined && { begins: life.begins }),
    ...(life?.ends !== undefined && { ends: life.ends }),
    ...(life?.replaces !== undefined && { replaces: life.replaces }),
    ...(life !== undefined && life.restarts.length > 0 && { restarts: life.restarts.map(({ to }) => to) }),
  };
  if (workload === undefined) return [entity];
  const own = { workload: workload.name, ...(namespace !== undefined && { namespace }) };
  return [entity, { type: 'workload', labels: own, ...(workload.kind !== undefined && { kind: workload.kind }) }];
}
