import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/series/prepare.js';
import { fact, foreign, importedOf, T0 } from '../support/case.js';

const keys = (...given: Parameters<typeof importedOf>): string[] =>
  prepare(importedOf(...given)).series.map(({ key }) => key);

describe('columns that say what they are', () => {
  it('are no pods of a file that is called like a metric, and levels keep their meaning under a prefix', () => {
    const file = 'run_keepalive_growth.csv';
    const names = keys([
      foreign('acceptq', {}, [1, 2, 1], { file, scope: 'file' }),
      foreign('timewait', {}, [1, 2, 1], { file, scope: 'file' }),
      foreign('srv_rxq', {}, [1, 2, 1], { file }),
      // a counter under a foreign name stays as it is: whether it is a rate already, nothing tells
      foreign('in_segs', {}, [1, 2, 1], { file }),
    ]);
    expect(names.sort()).toEqual(['net.tcp.accept_queue', 'net.tcp.rx_queue', 'net.tcp.time_wait', 'raw:in_segs']);
  });
});

describe('columns of one table', () => {
  const file = 'run.csv';
  const unitsOf = (columns: Readonly<Record<string, readonly number[]>>): string[] =>
    prepare(importedOf(Object.entries(columns).map(([name, value]) => foreign(name, {}, value, { file, scope: 'file', importer: 'csv-timeseries' })))) // prettier-ignore
      .series.map(({ key, unit, kind }) => `${key} ${kind} ${unit}`)
      .sort();

  it('are written alike: beside a rate, a counter that falls once is a rate and was not reset', () => {
    const opens = [4, 9, 3, 7, 2, 8, 5, 9, 1, 6];
    const drops = [0, 0, 0, 0, 49, 0, 0, 0, 0, 0];
    const grows = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    expect(unitsOf({ passiveopens: opens, listendrops: drops, outsegs: grows })).toEqual([
      'net.tcp.listen_drops rate connections/second',
      'net.tcp.passive_opens rate connections/second',
      'net.tcp.segments_out counter segments',
    ]);
    expect(unitsOf({ passiveopens: grows, listendrops: [0, 1, 2, 3, 4, 0, 1, 2, 3, 4] })).toEqual([
      'net.tcp.listen_drops counter connections',
      'net.tcp.passive_opens counter connections',
    ]);
  });
});

describe('entities', () => {
  it('reads the real pod behind the labels of the scrape', () => {
    const labels = {
      pod: 'exporter-x',
      namespace: 'monitoring',
      k8s_pod: 'web-1',
      k8s_namespace: 'shop',
      k8s_node: 'n1',
    };
    expect(keys([foreign('kubeskoop_tcp_passiveopens', labels, [1, 2])])).toEqual([
      'net.tcp.passive_opens{namespace="shop",node="n1",pod="web-1"}',
    ]);
    const clash = { exported_pod: 'web-1', exported_namespace: 'shop', pod: 'kubeskoop', namespace: 'kube-system' };
    expect(keys([foreign('kubeskoop_tcp_passiveopens', clash, [1, 2])])).toEqual([
      'net.tcp.passive_opens{namespace="shop",pod="web-1"}',
    ]);
  });

  it('takes an empty pod as the host network, not as a missing label', () => {
    const labels = { k8s_pod: '', k8s_node: 'n1', pod: 'exporter-x' };
    expect(keys([foreign('kubeskoop_tcp_passiveopens', labels, [1, 2])])).toEqual(['net.tcp.passive_opens{node="n1"}']);
  });

  it('finds the node of an exporter by its address', () => {
    const names = keys([
      foreign('kubeskoop_tcp_passiveopens', { k8s_pod: 'a', k8s_node: 'n1', instance: '10.0.0.1:9102' }, [1, 2]),
      foreign('kubeskoop_tcp_passiveopens', { k8s_pod: 'b', k8s_node: 'n2', instance: '10.0.0.2:9102' }, [1, 2]),
      foreign('node_load1', { instance: '10.0.0.2:9100', job: 'node' }, [1, 2]),
    ]);
    expect(names).toContain('cpu.node.load1{node="n2"}');
  });

  it('gives processes, namespaces and cgroups to their pods', () => {
    const uid = '0c1d2e3f-0001-4002-8003-000000000004';
    const names = keys(
      [
        foreign('proc.net.snmp.Tcp.PassiveOpens', { pid: '812' }, [1, 2]),
        foreign('proc.pid.schedstat.wait', { pid: '812' }, [1, 2]),
        foreign('cgroup.cpu.stat.nr_throttled', { cgroup: 'web-1' }, [1, 2]),
        foreign(
          'cgroup.cpu.stat.nr_throttled',
          { cgroup: `kubepods.slice/kubepods-pod${uid.replaceAll('-', '_')}.slice` },
          [1, 3],
        ),
        foreign('proc.net.snmp.Tcp.PassiveOpens', {}, [5, 6]),
      ],
      [
        fact('pod.pid', 812, { pod: 'web-1', namespace: 'shop' }),
        fact('pod.uid', uid, { pod: 'db-0' }),
        fact('node.name', 'n1'),
      ],
    );
    expect(names.sort()).toEqual([
      'cpu.cgroup.throttled_periods{namespace="shop",node="n1",pod="web-1"}',
      'cpu.cgroup.throttled_periods{node="n1",pod="db-0"}',
      'cpu.process.run_queue_wait{namespace="shop",node="n1",pid="812",pod="web-1"}',
      'net.tcp.passive_opens{namespace="shop",node="n1",pod="web-1"}',
      'net.tcp.passive_opens{node="n1"}',
    ]);
  });

  it('survives labels that are names of the language', () => {
    const labels = JSON.parse('{"__proto__":"x","constructor":"y","pod":"a"}') as Record<string, string>;
    const found = prepare(importedOf([foreign('foo', labels, [1, 2])])).series[0]!;
    expect(Object.keys(found.labels)).toEqual(['__proto__', 'constructor', 'pod']);
  });
});

describe('copies and parts', () => {
  it('joins replicas and pieces, keeps what only the scrape tells apart', () => {
    const joined = prepare(
      importedOf([
        foreign('up', { job: 'a', replica: 'r0', node: 'n' }, [1, 1, 1]),
        foreign('up', { job: 'a', replica: 'r1', node: 'n' }, [1, 1]),
        foreign('up', { job: 'b', node: 'n' }, [1, 0, 1]),
      ]),
    ).series;
    expect(joined.map(({ key }) => key)).toEqual([
      'measurement.up{job="a",node="n"}',
      'measurement.up{job="b",node="n"}',
    ]);
    const pieces = prepare(
      importedOf([
        foreign('node_load1', { node: 'n' }, [1, 2], { file: 'a' }),
        foreign('node_load1', { node: 'n' }, [3, 4], { file: 'b', start: T0 + 5000 }),
      ]),
    ).series;
    expect(pieces.map(({ value }) => [...value])).toEqual([[1, 2, 3, 4]]);
    expect(pieces[0]!.origin.files).toEqual(['a', 'b']);
  });

  it('does not count a container twice', () => {
    const usage = (container: string, value: number[]): ReturnType<typeof foreign> =>
      foreign('container_cpu_usage_seconds_total', { pod: 'a', container, id: `/x/${container}` }, value);
    const found = prepare(importedOf([usage('', [10, 13]), usage('POD', [1, 1]), usage('main', [9, 12])])).series;
    expect(found.map(({ value }) => [...value])).toEqual([[9, 12]]);
  });

  it('gives to the node what every pod repeats', () => {
    const softnet = ['a', 'b'].map((pod) =>
      foreign('kubeskoop_softnet_processed', { k8s_pod: pod, k8s_node: 'n' }, [1, 2, 9]),
    );
    expect(keys(softnet)).toEqual(['net.softnet.processed{node="n"}']);
    const unknownly = ['a', 'b'].map((pod) =>
      foreign('kubeskoop_tcp_activeopens', { k8s_pod: pod, k8s_node: 'n' }, [1, 2, 9]),
    );
    expect(keys(unknownly)).toEqual(['net.tcp.active_opens{node="n"}']);
    const still = ['a', 'b'].map((pod) =>
      foreign('kubeskoop_tcp_activeopens', { k8s_pod: pod, k8s_node: 'n' }, [0, 0, 0]),
    );
    expect(keys(still)).toHaveLength(2);
  });

  it('sums interfaces without those that repeat others', () => {
    const rx = (device: string, value: number[]): ReturnType<typeof foreign> =>
      foreign('node_network_receive_bytes_total', { node: 'n', device }, value);
    const found = prepare(
      importedOf([rx('lo', [5, 50]), rx('eth0', [1, 2]), rx('eth1', [1, 4]), rx('veth1', [7, 9])]),
    ).series;
    expect(found.map(({ key, value }) => [key, ...value])).toEqual([['net.interface.rx_bytes{node="n"}', 2, 6]]);
  });

  it('adds up threads, the main one once', () => {
    const sched = (labels: Record<string, string>, value: number[]): ReturnType<typeof foreign> =>
      foreign('proc.pid.sched.numa_pages_migrated', { pid: '8', ...labels }, value);
    const found = prepare(
      importedOf([sched({}, [1, 2]), sched({ tid: '8' }, [1, 2]), sched({ tid: '9' }, [10, 20])]),
    ).series;
    expect(found.map(({ key, value }) => [key, ...value])).toEqual([['numa.process.pages_migrated{pid="8"}', 11, 22]]);
  });
});

describe('kinds, units, times', () => {
  it('scales to base units and says so', () => {
    const found = prepare(
      importedOf([foreign('cgroup.cpu.stat.throttled_usec', { cgroup: 'x', pod: 'a' }, [0, 250_000])]),
    ).series[0]!;
    expect([found.value[1], found.unit, found.source.conversion]).toEqual([0.25, 'seconds', '× 0.000001']);
  });

  it('never takes a rate for a counter', () => {
    const rated = prepare(importedOf([foreign('rate(kubeskoop_tcp_passiveopens[60s])', { pod: 'a' }, [3, 1, 2])]))
      .series[0]!;
    expect([rated.kind, rated.unit, rated.window]).toEqual(['rate', 'connections/second', 60_000]);
    const values = [5, 1, 6, 2, 7, 1, 9, 2];
    const unsaid = prepare(importedOf([foreign('kubeskoop_tcp_passiveopens', { pod: 'a' }, values)]));
    expect(unsaid.series[0]!.kind).toBe('rate');
    expect(unsaid.problems.map(({ code }) => code)).toContain('RATE_ASSUMED');
  });

  it('does not believe a TYPE that the numbers deny', () => {
    const found = prepare(importedOf([foreign('queue_total', {}, [5, 1, 6, 2, 7, 1, 9], { kind: 'counter' })]));
    expect(found.series[0]!.kind).toBe('gauge');
    expect(found.problems.map(({ code }) => code)).toEqual(['GAUGE_ASSUMED']);
  });

  it('adds up a counter that reading sets to zero', () => {
    const found = prepare(importedOf([foreign('proc.pid.sched.numa_migrations', { pid: '8' }, [5, 0, 7])])).series[0]!;
    expect([...found.value]).toEqual([5, 5, 12]);
  });

  it('makes single readings facts as well', () => {
    const found = prepare(importedOf([foreign('proc.vmstat.oom_kill', {}, [3])], [fact('node.name', 'n1')]));
    expect(found.facts.find(({ name }) => name === 'total.memory.node.oom_kills')?.value).toBe(3);
    expect(found.series).toHaveLength(1);
  });

  it('sets readings without a time aside, with their change from before to after', () => {
    const at = (value: number, file: string): ReturnType<typeof foreign> =>
      foreign('proc.pid.sched.numa_pages_migrated', { pid: '8' }, [value], { dated: 'never', start: 0, file });
    const found = prepare(
      importedOf([
        at(18_230, 'sched-after.txt'),
        at(12, 'sched-before.txt'),
        foreign('node_load1', { node: 'n' }, [1, 2]),
      ]),
    );
    expect(found.series.map(({ signal }) => signal)).toEqual(['cpu.node.load1']);
    expect(found.facts.find(({ name }) => name === 'change.numa.process.pages_migrated')?.value).toBe(18_218);
    expect(found.span).toEqual({ from: T0, to: T0 + 1000 });
  });

  it('derives facts that causes ask for', () => {
    const found = prepare(
      importedOf(
        [foreign('node_memory_SwapTotal_bytes', { node: 'n' }, [0, 0])],
        [
          fact('cgroup.cpu.cfs_quota_us', 150_000, { pod: 'a' }),
          fact('cgroup.cpu.cfs_period_us', 100_000, { pod: 'a' }),
          fact('cgroup.cpu.cfs_quota_us', 'max', { pod: 'b' }),
        ],
      ),
    );
    const value = (name: string, pod?: string): unknown =>
      found.facts.find((one) => one.name === name && (pod === undefined || one.labels['pod'] === pod))?.value;
    expect(value('memory.swap_total')).toBe(0);
    expect(value('cgroup.cpu.max', 'a')).toBe(1.5);
    expect(value('cgroup.cpu.max', 'b')).toBe('max');
  });
});
