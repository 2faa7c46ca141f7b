import { describe, expect, it } from 'vitest';
import { normalised, resolveName } from '../../src/series/resolve.js';
import { signals } from '../../src/signals/all.js';

const ids = (name: string, labels: Record<string, string> = {}): string[] =>
  resolveName(name, labels).map(({ signal }) => signal.id);

describe('resolveName', () => {
  it('finds every name of the catalogue under its own labels', () => {
    for (const signal of signals)
      for (const entry of signal.names) {
        const name = typeof entry === 'string' ? entry : entry.name;
        const where = typeof entry === 'string' ? {} : (entry.where ?? {});
        expect(ids(name, where), name).toContain(signal.id);
      }
  });

  it.each([
    ['inspector_pod_tcppassiveopens', 'net.tcp.passive_opens'],
    ['inspector_pod_tcpextlistendrops', 'net.tcp.listen_drops'],
    ['inspector_pod_tcpsummarytcprxqueue', 'net.tcp.rx_queue'],
    ['inspector_pod_socktw', 'net.socket.tcp_time_wait'],
    ['inspector_pod_conntrackentries', 'net.conntrack.entries'],
    ['inspector_pod_ioioreadbytes', 'block.pod.read_bytes'],
    ['inspector_pod_socketlatencysocketlatencyread100ms', 'net.socket.slow_reads_100ms'],
    ['inspector_pod_kernellatency_rxslow', 'net.kernel.rx_slow'],
    ['passiveopens', 'net.tcp.passive_opens'],
    ['rxqueue', 'net.tcp.rx_queue'],
    ['read100ms', 'net.socket.slow_reads_100ms'],
    ['rate(inspector_pod_tcppassiveopens[1m])', 'net.tcp.passive_opens'],
  ])('knows the old form %s', (name, id) => {
    expect(ids(name)).toEqual([id]);
  });

  it('leaves foreign names alone, however close', () => {
    for (const name of [
      'drops',
      'bytes',
      'total',
      'node_passiveopens',
      'http_passiveopens_total',
      'toString',
      '__proto__',
    ])
      expect(normalised(name), name).toBeUndefined();
    expect(ids('constructor')).toEqual([]);
  });

  it('tells CPU modes and failure types apart', () => {
    expect(ids('node_cpu_seconds_total', { mode: 'steal' })).toEqual(['cpu.node.steal']);
    expect(ids('node_cpu_seconds_total', { mode: 'guest' })).toEqual([]);
    const faults = 'container_memory_failures_total';
    expect(ids(faults, { failure_type: 'pgfault', scope: 'container' })).toEqual(['memory.cgroup.page_faults']);
    expect(ids(faults, { failure_type: 'pgfault' })).toEqual(['memory.cgroup.page_faults']);
    expect(ids(faults, { failure_type: 'pgfault', scope: 'hierarchy' })).toEqual([]);
  });

  it('undoes what an expression did', () => {
    const percent = resolveName('avg by (mode) (rate(node_cpu_seconds_total[60s])) * 100', { mode: 'user' })[0];
    expect([percent?.signal.id, percent?.scale, percent?.expression?.rate]).toEqual(['cpu.node.user', 0.01, 60_000]);
    const increase = resolveName('increase(kubeskoop_tcp_passiveopens[1m])', {})[0];
    expect(increase?.scale).toBeCloseTo(1 / 60);
    expect(ids('count(kubeskoop_tcp_passiveopens)')).toEqual([]);
    expect(ids('a_total / b_total')).toEqual([]);
  });

  it('knows quantiles of latencies', () => {
    const text =
      'histogram_quantile(0.99, sum by (service, le) (rate(http_client_request_duration_seconds_bucket[60s])))';
    expect(ids(text, { service: 'a' })).toEqual(['app.latency.p99']);
  });
});
