import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/series/prepare.js';
import { toTrack } from '../../src/series/rate.js';
import { inquireCase } from '../../src/inquire.js';
import type { ForeignSeries } from '../../src/series/foreign.js';
import type { Case } from '../../src/types/case.js';
import type { Labels } from '../../src/types/series.js';
import { fact, foreign, importedOf, T0 } from '../support/case.js';

const N = 120;
/** Two counters and a gauge of a pod that lives from sample `from` to sample `to`. */
function podSeries(pod: string, from: number, to: number, more: Labels = {}): ForeignSeries[] {
  const labels = { k8s_pod: pod, k8s_namespace: 'shop', k8s_node: 'n1', ...more };
  const start = T0 + from * 1000;
  const values = (make: (i: number) => number): number[] => Array.from({ length: to - from }, (_, i) => make(i));
  return [
    foreign('kubeskoop_tcp_passiveopens', labels, values((i) => 3 * i + (i % 3)), { start }),
    foreign('kubeskoop_tcp_insegs', labels, values((i) => 200 * i + ((i * 7) % 11)), { start }),
    foreign('kubeskoop_tcpsummary_tcpestablishedconn', labels, values((i) => 20 + ((i * 5) % 3)), { start }),
  ]; // prettier-ignore
}
const pods = (of: Case) => of.entities.filter(({ type }) => type === 'pod');
const changes = (of: Case) => of.events.map(({ kind, time, duration, message }) => [kind, (time - T0) / 1000, (duration ?? 0) / 1000, message]); // prettier-ignore

describe('a pod of a Deployment that is replaced', () => {
  const [old, young] = ['web-7d9f8c6b5d-x2x9k', 'web-7d9f8c6b5d-9zk2p'];
  const of = prepare(
    importedOf([...podSeries(old, 0, 60), ...podSeries(young, 63, N), ...podSeries('web-7d9f8c6b5d-bbbbb', 0, N)]),
  );

  it('is linked to its successor, with the time of change', () => {
    expect(changes(of)).toEqual([['pod.replaced', 59, 4, `${old} → ${young}`]]);
    expect(of.events[0]!.labels).toEqual({
      node: 'n1',
      namespace: 'shop',
      pod: old,
      workload: 'web',
      replaced_by: young,
    });
    const entity = pods(of).find(({ labels }) => labels['pod'] === young)!;
    expect(entity).toMatchObject({ begins: T0 + 63_000, replaces: old, labels: { workload: 'web' } });
    expect(pods(of).find(({ labels }) => labels['pod'] === old)).toMatchObject({ ends: T0 + 59_000 });
    expect(of.entities.filter(({ type }) => type === 'workload')).toEqual([
      { type: 'workload', labels: { workload: 'web', namespace: 'shop' } },
    ]);
  });

  it('can be read as one with its successor', () => {
    const table = inquireCase(of).table('net.tcp.passive_opens', { workload: 'web' });
    expect(table.columnNames()).toContain('workload');
    expect(new Set(table.array('pod'))).toEqual(new Set([old, young, 'web-7d9f8c6b5d-bbbbb']));
    expect(table.numRows()).toBe(60 + N - 63 + N);
  });

  it('makes no incident, nor do high numbers of the first seconds of its successor', () => {
    expect(inquireCase(of).diagnosis.incidents).toEqual([]);
    const warm = podSeries(young, 63, N);
    const queue = Array.from({ length: N - 63 }, (_, i) => (i < 12 ? 90_000 : i % 5));
    const labels = warm[0]!.labels;
    const more = foreign('kubeskoop_tcpsummary_tcprxqueue', labels, queue, { start: T0 + 63_000 });
    const steady = Array.from({ length: N }, (_, i) => i % 5);
    const peer = foreign('kubeskoop_tcpsummary_tcprxqueue', { ...labels, k8s_pod: 'web-7d9f8c6b5d-bbbbb' }, steady);
    const warmed = prepare(
      importedOf([...podSeries(old, 0, 60), ...warm, more, peer, ...podSeries('web-7d9f8c6b5d-bbbbb', 0, N)]),
    );
    const found = inquireCase(warmed);
    expect(found.findings.some(({ signal }) => signal === 'net.tcp.rx_queue')).toBe(true);
    expect(found.diagnosis.incidents).toEqual([]);
  });

  it('is found when its series overlap, and owner references name the workload', () => {
    const owner = (pod: string) => fact('kubernetes.pod.owner', 'ReplicaSet/odd', { pod, namespace: 'shop' });
    const top = fact('kubernetes.owner', 'Deployment/web', { kind: 'ReplicaSet', object: 'odd', namespace: 'shop' });
    const over = prepare(
      importedOf(
        [...podSeries('a', 0, 70), ...podSeries('b', 60, N), ...podSeries('c', 0, N)],
        [owner('a'), owner('b'), top],
      ),
    );
    expect(changes(over)).toEqual([['pod.replaced', 60, 0, 'a → b']]);
    expect(over.entities.find(({ type }) => type === 'workload')).toMatchObject({ kind: 'Deployment' });
  });

  it('is not found among runs of a job, or pods of different workloads', () => {
    const runs = [...podSeries('sum-28473920-x7bkq', 0, 50), ...podSeries('sum-28473921-x7bkq', 60, N)];
    const others = [...podSeries('a-7d9f8c6b5d-x2x9k', 0, 50), ...podSeries('b-7d9f8c6b5d-x2x9k', 60, N)];
    expect(changes(prepare(importedOf([...runs, ...others])))).toEqual([]);
  });
});

describe('a pod that restarts under its name', () => {
  const whole = (pod: string, at: number): ForeignSeries[] =>
    podSeries(pod, 0, N).map((one) => ({ ...one, value: one.value.map((x, i) => (one.name.includes('established') ? x : i < at ? x + 50 : x - one.value[at]!)) })); // prettier-ignore

  it('is told from an exporter that restarts', () => {
    const one = prepare(importedOf([...whole('db-0', 60), ...podSeries('db-1', 0, N)]));
    expect(changes(one)).toEqual([['pod.restarted', 59, 1, 'db-0']]);
    expect(pods(one).find(({ labels }) => labels['pod'] === 'db-0')).toMatchObject({ restarts: [T0 + 60_000] });
    const twin = whole('db-1', 60).map((one) => ({ ...one, value: one.value.map((x) => 2 * x) }));
    const both = prepare(importedOf([...whole('db-0', 60), ...twin]));
    expect(changes(both)).toEqual([['counters.restarted', 59, 1, 'db-0, db-1']]);
    expect(inquireCase(one).diagnosis.incidents).toEqual([]);
    expect(inquireCase(both).diagnosis.incidents).toEqual([]);
  });

  it('is not believed because of one counter among many', () => {
    const [first, ...rest] = podSeries('db-0', 0, N);
    const fallen = { ...first!, value: first!.value.map((x, i) => (i < 60 ? x + 50 : x - first!.value[60]!)) };
    expect(changes(prepare(importedOf([fallen, ...rest])))).toEqual([]);
  });

  it('is counted on where its container is another', () => {
    const container = (id: string, from: number, to: number, stale = 0): ForeignSeries =>
      foreign(
        'container_cpu_usage_seconds_total',
        { namespace: 'shop', pod: 'db-0', container: 'db', node: 'n1', id: `/kubepods/pod1/${id}`, name: id },
        Array.from({ length: to - from + stale }, (_, i) => Math.min(i, to - from - 1) * 0.5),
        { start: T0 + from * 1000 },
      );
    for (const stale of [0, 20]) {
      const { series } = prepare(importedOf([container('a', 0, 50, stale), container('b', 55, N)]));
      expect(series.map(({ key }) => key)).toEqual(['cpu.cgroup.usage{namespace="shop",node="n1",pod="db-0"}']);
      expect(series[0]!.source.conversion).toContain('counted on after a restart');
      const { value } = toTrack(series[0]!);
      expect(value.every((rate, i) => i === 0 || (rate >= 0 && rate <= 0.5 + 1e-9))).toBe(true);
      expect(series[0]!.value.at(-1)).toBeCloseTo(49 * 0.5 + (N - 56) * 0.5, 6);
    }
  });
});
