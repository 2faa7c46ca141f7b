import { describe, expect, it } from 'vitest';
import { Owners } from '../../src/workloads/owners.js';
import { podParts, workloadOf } from '../../src/workloads/pod-name.js';
import { fact } from '../support/case.js';

describe('names', () => {
  it.each([
    ['cart-api-7d9f8c6b5d-x2x9k', 'cart-api'],
    ['cart-1684c4d8b9-x2x9k', 'cart'],
    ['db-0', 'db'],
    ['kube-proxy-9zk2p', 'kube-proxy'],
    ['report-28473920-x7bkq', 'report'],
    ['plain', 'plain'],
    ['front-stage', 'front-stage'],
  ])('workload of %s is %s', (pod, workload) => expect(workloadOf(pod)).toBe(workload));

  it('keeps names longer than any object has', () => {
    const long = `${'a-'.repeat(50_000)}7d9f8c6b5d-x2x9k`;
    expect(podParts(long)).toEqual({ base: long, suffix: [] });
  });
});

describe('owner references', () => {
  const owners = (...facts: Parameters<typeof fact>[]): Owners => {
    const made = new Owners();
    for (const one of facts) made.fact(fact(...one));
    return made;
  };
  const pod = (name: string): { namespace: string; pod: string } => ({ namespace: 'shop', pod: name });

  it('win over the pattern of a name', () => {
    const made = owners(
      ['kubernetes.pod.owner', 'StatefulSet/cache-7d9f8c6b5d', pod('cache-7d9f8c6b5d-0')],
      ['kubernetes.pod.owner', 'DaemonSet/agent-linux', pod('agent-linux-x2x9k')],
    );
    expect(made.of('shop', 'cache-7d9f8c6b5d-0')).toEqual({ name: 'cache-7d9f8c6b5d', kind: 'StatefulSet' });
    expect(made.of('shop', 'agent-linux-x2x9k')).toEqual({ name: 'agent-linux', kind: 'DaemonSet' });
    expect(made.of('shop', 'web-7d9f8c6b5d-x2x9k')).toEqual({ name: 'web' });
    expect(made.of('shop', 'web')).toBeUndefined();
    // a namespace that nobody gives does not hide the reference
    expect(made.of(undefined, 'agent-linux-x2x9k')).toEqual({ name: 'agent-linux', kind: 'DaemonSet' });
  });

  it('are followed from owner to owner, by object or by name', () => {
    const made = owners(
      ['kubernetes.pod.owner', 'ReplicaSet/odd-name', pod('a')],
      ['kubernetes.owner', 'Deployment/web', { namespace: 'shop', kind: 'ReplicaSet', object: 'odd-name' }],
      ['kubernetes.pod.owner', 'ReplicaSet/cart-7d9f8c6b5d', pod('b')],
      ['kubernetes.pod.owner', 'Job/report-28473920', pod('c')],
      ['kubernetes.pod.owner', 'Node/n1', { namespace: 'kube-system', pod: 'kube-apiserver-n1' }],
    );
    expect(made.of('shop', 'a')).toEqual({ name: 'web', kind: 'Deployment' });
    expect(made.of('shop', 'b')).toEqual({ name: 'cart', kind: 'Deployment' });
    expect(made.of('shop', 'c')).toEqual({ name: 'report', kind: 'CronJob' });
    expect(made.of('kube-system', 'kube-apiserver-n1')).toEqual({ name: 'kube-apiserver', kind: 'Node' });
  });

  it('come from kube-state-metrics and recording rules too', () => {
    const made = new Owners();
    made.series('kube_pod_owner', { namespace: 'shop', pod: 'a', owner_kind: 'ReplicaSet', owner_name: 'x' });
    made.series('kube_replicaset_owner', { namespace: 'shop', replicaset: 'x', owner_kind: 'Deployment', owner_name: 'web' }); // prettier-ignore
    made.series('kube_pod_owner', { namespace: 'shop', pod: 'b-0', owner_kind: '<none>', owner_name: '<none>' });
    made.series('namespace_workload_pod:kube_pod_owner:relabel', { namespace: 'shop', pod: 'c', workload: 'gw', workload_type: 'daemonset' }); // prettier-ignore
    expect(made.of('shop', 'a')).toEqual({ name: 'web', kind: 'Deployment' });
    expect(made.of('shop', 'b-0')).toEqual({ name: 'b' });
    expect(made.of('shop', 'c')).toEqual({ name: 'gw', kind: 'DaemonSet' });
  });

  it('that contradict each other or run in circles do not decide', () => {
    const made = owners(
      ['kubernetes.pod.owner', 'StatefulSet/x', pod('web-0')],
      ['kubernetes.pod.owner', 'StatefulSet/y', pod('web-0')],
      ['kubernetes.pod.owner', 'ReplicaSet/q', pod('b')],
      ['kubernetes.owner', 'ReplicaSet/q', { namespace: 'shop', kind: 'ReplicaSet', object: 'q' }],
    );
    expect(made.of('shop', 'web-0')).toEqual({ name: 'web' });
    expect(made.of('shop', 'b')?.name).toBe('q');
    expect(made.of('shop', '__proto__')).toBeUndefined();
  });
});
