import { describe, expect, it } from 'vitest';
import type { ForeignSeries } from '../../src/series/foreign.js';
import type { Labels } from '../../src/types/series.js';
import {
  corpusFiles,
  corpusText,
  type CorpusFile,
  type CorpusImport,
  type Expectation,
  hasCorpus,
  importCorpus,
  lineIs,
  type Outcome,
  Tally,
} from '../support/corpus.js';

type Check = (found: CorpusImport, expected: Expectation, entry: CorpusFile) => Outcome;

const MET: Outcome = { met: true };
/** Text of an expected value. */
const text = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
const without = (why: string): Outcome => ({ met: null, why });
const same = (found: unknown, wanted: unknown): Outcome =>
  JSON.stringify(found) === JSON.stringify(wanted) ? MET : { met: false, found: found ?? null };
const close = (found: number | undefined, wanted: number): Outcome =>
  found !== undefined && Math.abs(found - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)) ? MET : { met: false, found };

/** How many values a label has among series of a name. */
const distinct = (found: CorpusImport, name: string, label: string): number =>
  new Set(found.imported.series.filter((one) => one.name === name).map((one) => one.labels[label])).size;
const sumOf = (found: CorpusImport, name: string): number =>
  found.series(name).reduce((sum, one) => sum + one.value[0]!, 0);
const names = (found: CorpusImport, prefix: string): number =>
  new Set(found.imported.series.map(({ name }) => name).filter((name) => name.startsWith(prefix))).size;

/** `{field, value}` under a prefix, scaled back to what the file prints. */
const field =
  (prefix: string, scale: (key: string) => number = () => 1): Check =>
  (found, { field: key, value }) => {
    const foundValue = found.value(prefix + text(key));
    if (value === 'absent') return same(foundValue, undefined);
    return close(foundValue, Number(text(value).replace(/ kB$/, '')) * scale(text(key)));
  };

const columns: Check = (found, { fact, value }, entry) => {
  const head = text(fact).split(' ')[0]!;
  const [, wanted] = value as [number, number];
  const prefix = entry.format === 'proc-net-snmp' ? 'proc.net.snmp.' : 'proc.net.netstat.';
  // a column that is printed twice under one name is one series
  const twice = corpusText(entry)
    .split('\n')
    .find((line) => line.startsWith(`${head}: `) && /[A-Za-z]$/.test(line.trim()))!;
  const listed = twice.trim().split(/\s+/).slice(1);
  return same(names(found, `${prefix}${head}.`) + listed.length - new Set(listed).size, wanted);
};

const LINE = /non-empty line|^first line$|^first$/;
const NOTHING: Check = () => without('no check');

const facts =
  (table: Readonly<Record<string, Check>>, otherwise: Check): Check =>
  (found, expected, entry) => {
    const fact = typeof expected['fact'] === 'string' ? expected['fact'] : undefined;
    if (fact === undefined) return otherwise(found, expected, entry);
    const key = Object.keys(table).find((one) => fact.startsWith(one));
    return key === undefined ? without(`no check for "${fact}"`) : table[key]!(found, expected, entry);
  };

const SOFTNET: Readonly<Record<string, string>> = {
  time_squeeze: 'squeezed',
  backlog_len: 'backlog_length',
  input_qlen: 'input_queue_length',
  process_qlen: 'process_queue_length',
};
const softnetName = (key: string): string => `proc.net.softnet_stat.${SOFTNET[key] ?? key}`;

const softnet: Check = facts(
  {
    rows: (found, { value }) => same(found.series(softnetName('processed')).length, value),
    cpus: (found, { value }) => same(found.series(softnetName('processed')).length, value),
    columns: (found, { value }) => same(Number(/(\d+) columns/.exec(found.reports[0]?.format ?? '')?.[1]), value),
    sum: (found, { fact, value }) => same(sumOf(found, softnetName(text(fact).slice(4))), value),
    procfs: (found) =>
      same(
        found.reports[0]?.problems.map(({ code }) => code),
        ['TOO_FEW_COLUMNS'],
      ),
    importer: (found) => same(found.imported.series.length, 0),
  },
  (found, expected) => {
    if (expected['field'] !== undefined) {
      const name = softnetName(text(expected['field']).replace(' per cpu', ''));
      return same(
        found.series(name).map((one) => one.value[0]),
        expected['value'],
      );
    }
    const row = Number(expected['row']);
    for (const [key, value] of Object.entries(expected)) {
      if (['row', 'cpu', 'columns', 'evidence'].includes(key)) continue;
      const outcome = close(found.value(softnetName(key), { cpu: text(expected['cpu'] ?? row) }), Number(value));
      if (outcome.met !== true) return outcome;
    }
    return MET;
  },
);

const MODES = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal', 'guest', 'guest_nice'];
const stat: Check = facts(
  { 'per-cpu lines': (found, { value }) => same(distinct(found, 'proc.stat.cpu.user', 'cpu'), value) },
  (found, { field: key, value }) => {
    const name = text(key);
    if (name.startsWith('cpu jiffies'))
      return same(
        MODES.map((mode) => Math.round((found.value(`proc.stat.total.${mode}`) ?? NaN) * 100)).slice(
          0,
          (value as number[]).length,
        ),
        value,
      );
    if (name === 'btime') return same(found.fact('boot.time'), value);
    return close(found.value(`proc.stat.${name.replace(' total', '')}`), Number(value));
  },
);

const cpuTable =
  (prefix: string): Check =>
  (found, expected, entry) => {
    const rows = corpusText(entry)
      .split('\n')
      .slice(1)
      .filter((line) => line.includes(':'));
    if (expected['fact'] === 'cpus')
      return same(Number(/^(\d+) CPU/.exec(found.reports[0]?.format ?? '')?.[1]), expected['value']);
    if (expected['fact'] === 'irq rows') return same(rows.length, expected['value']);
    if (expected['irq'] === undefined) return without('no check');
    const irq = text(expected['irq']);
    const sum = /^\d+$/.test(irq) ? found.value(`${prefix}irq`, { irq }) : sumOf(found, prefix + irq);
    return close(sum, Number(expected['sum']));
  };

const DEV: Readonly<Record<string, string>> = {
  rx_bytes: 'receive_bytes',
  rx_packets: 'receive_packets',
  rx_errs: 'receive_errs',
  rx_drop: 'receive_drop',
  tx_bytes: 'transmit_bytes',
  tx_packets: 'transmit_packets',
  tx_errs: 'transmit_errs',
  tx_drop: 'transmit_drop',
};
const dev: Check = facts(
  {
    interfaces: (found, { value }) =>
      same(
        found.series('proc.net.dev.receive_bytes').map(({ labels }) => labels['device']),
        value,
      ),
  },
  (found, expected) => {
    for (const [key, value] of Object.entries(expected)) {
      if (DEV[key] === undefined) continue;
      const outcome = close(
        found.value(`proc.net.dev.${DEV[key]}`, { device: text(expected['interface']) }),
        Number(value),
      );
      if (outcome.met !== true) return outcome;
    }
    return MET;
  },
);

const schedstat: Check = facts(
  {
    version: (found, { value }) => same(found.reports[0]?.format, `schedstat version ${text(value)}`),
    cpus: (found, { value }) => same(distinct(found, 'proc.schedstat.run', 'cpu'), value),
    'cpu lines': (found, { value }) => same(distinct(found, 'proc.schedstat.run', 'cpu'), value),
    'domain lines': (found, { value }) => same(found.series('proc.schedstat.domain.moved').length, value),
  },
  (found, { cpu, running_ns, waiting_ns, timeslices }) =>
    same(
      ['run', 'wait', 'timeslices'].map((name) =>
        found.value(`proc.schedstat.${name}`, { cpu: text(cpu).replace('cpu', '') }),
      ),
      [running_ns, waiting_ns, timeslices],
    ),
);

const SCHEDSTAT = ['run', 'wait', 'timeslices'];
const pidSchedstat: Check = (found, { field: key, fact, value }) => {
  const all = SCHEDSTAT.map((name) => found.value(`proc.pid.schedstat.${name}`));
  if (fact === 'fields') return same(all, value);
  return same(all[['running_ns', 'waiting_ns', 'timeslices'].indexOf(text(key))], value);
};

const sched: Check = (found, { field: key, fact, value }) => {
  const name = `proc.pid.sched.${text(key)}`;
  if (fact === 'NUMA fields') return same(names(found, 'proc.pid.sched.numa'), 0);
  if (text(fact).startsWith('pid/comm'))
    return same([found.fact('process.name'), found.fact('process.threads')], [undefined, undefined]);
  if (fact !== undefined) return without(`no check for "${text(fact)}"`);
  if (key === 'numa_faults lines')
    return same(distinct(found, 'proc.pid.sched.numa_faults.task_private', 'numa_node'), value);
  if (key === 'numa_faults_memory rows') return same(found.series('proc.pid.sched.numa_faults_memory').length, value);
  if (key === 'comm') return same(found.fact('process.name'), value);
  if (key === 'threads') return same(found.fact('process.threads'), value);
  if (key === 'pid') return same(found.imported.series[0]?.labels['pid'], text(value));
  const one = found.series(name)[0];
  return close(one?.value[0], one?.conversion?.includes('1000') === true ? Number(value) / 1000 : Number(value));
};

const pressure: Check = (found, { kind, fact, value, ...numbers }) => {
  const one = found.imported.series.find(({ name }) => name.endsWith('.some.total') || name.endsWith('.full.total'));
  const prefix = one?.name.replace(/(some|full)\.total$/, '') ?? '';
  if (fact === 'full' && value === 'absent') return same(found.value(`${prefix}full.total`), undefined);
  if (fact !== undefined) return without(`no check for "${text(fact)}"`);
  for (const [key, wanted] of Object.entries(numbers)) {
    if (key === 'evidence') continue;
    const outcome = close(found.value(`${prefix}${text(kind)}.${key}`), Number(wanted) / (key === 'total' ? 1 : 100));
    if (outcome.met !== true) return outcome;
  }
  return MET;
};

const keyValue = (prefix: string): Check =>
  facts(
    {
      keys: (found, { value }) => same(names(found, prefix), value),
      counters: (found, { value }) => same(names(found, prefix), value),
    },
    field(prefix),
  );

const vmstat: Check = (found, expected, entry) => {
  const { fact, path, value } = expected;
  if (fact === 'counters') {
    // names printed per zone are summed into one
    const zones = corpusText(entry)
      .split('\n')
      .filter((line) => ZONED.test(line))
      .map((line) => ZONED.exec(line)![1]);
    return same(names(found, 'proc.vmstat.') + zones.length - new Set(zones).size, value);
  }
  const key = text(fact ?? expected['field'] ?? (path as string[])[0]);
  const zoned = ZONED.exec(key);
  return close(found.value(`proc.vmstat.${zoned?.[1] ?? key}`), Number(value));
};
const ZONED =
  /^(allocstall|pgscan_kswapd|pgscan_direct|pgsteal_kswapd|pgsteal_direct|pgskip|pgrefill)_(?:dma|dma32|normal|high|movable|device)(?= |$)/;

const meminfo: Check = facts(
  {
    'MemAvailable present': (found, { value }) => same(found.value('proc.meminfo.MemAvailable') !== undefined, value),
    lines: (found, { value }) => same(names(found, 'proc.meminfo.'), value),
  },
  (found, { field: key, unit, value }) =>
    close(found.value(`proc.meminfo.${text(key)}`), Number(value) * (unit === 'kB' ? 1024 : 1)),
);

/** One row of the table, by its place among those that have a series of their own. */
function socket(found: CorpusImport, name: string, at: number): { labels: Labels; value: number | undefined } {
  const row = found.imported.series
    .filter((one) => one.name === name)
    .sort((a, b) => lineOf(a) - lineOf(b))
    .at(at);
  return { labels: row?.labels ?? {}, value: row?.value[0] };
}
const lineOf = ({ origin: { line } }: ForeignSeries): number => (typeof line === 'number' ? line : line[0]!);

const tcp: Check = (found, { fact, value, path }, entry) => {
  const states = [
    'established',
    'syn_sent',
    'syn_recv',
    'fin_wait',
    'time_wait',
    'close',
    'close_wait',
    'last_ack',
    'listen',
    'closing',
  ];
  if (fact === 'records' || fact === 'sockets')
    return entry.format === 'proc-net-udp'
      ? same(found.value('proc.net.udp.sockets'), value)
      : same(
          states.reduce((sum, state) => sum + (found.value(`proc.net.tcp.${state}`) ?? NaN), 0),
          value,
        );
  if (fact === 'drops of last socket') return same(socket(found, 'proc.net.udp.socket_drops', -1).value, value);
  if (path === undefined) return without('no check');
  const [at, key] = path as [number, string];
  const { labels } = socket(found, 'proc.net.tcp.listener_queue', at);
  const colon = labels['local']?.lastIndexOf(':') ?? -1;
  const cells: Record<string, unknown> = {
    local_address: labels['local']?.slice(0, colon),
    local_port: Number(labels['local']?.slice(colon + 1)),
    uid: Number(labels['uid']),
    inode: Number(labels['inode']),
    // only listening sockets have such a series
    state: '0A',
  };
  return same(cells[key], value);
};

const NF = 'proc.net.stat.nf_conntrack.';
const nfStat: Check = (found, { field: key, fact, value }) => {
  if (fact === 'cpu rows') return same(distinct(found, `${NF}found`, 'cpu'), value);
  const name = text(key);
  if (name.startsWith('entries')) return same(found.value(`${NF}entries`), value);
  return same(sumOf(found, NF + name.replace('sum ', '')), value);
};
const nfTable: Check = (found, { fact, value }) => {
  const name = 'proc.net.nf_conntrack.';
  if (fact === 'entries') return same(found.value(`${name}entries`), value);
  if (fact === '[UNREPLIED]') return same(found.value(`${name}unreplied`), value);
  if (fact === 'by l4 proto')
    return same(
      Object.fromEntries(found.series(`${name}by_protocol`).map((one) => [one.labels['protocol'], one.value[0]])),
      value,
    );
  return same(found.value(`${name}by_state`, { state: text(fact) }), value);
};

const numaMaps: Check = (found, { fact, value, policy, N0, N1, row }) => {
  const pages = (node: string): number => (found.value('proc.pid.numa_maps.bytes', { numa_node: node }) ?? NaN) / 4096;
  if (fact === 'pages on N0') return same(pages('0'), value);
  if (fact === 'finding') {
    const astray = Number(found.fact('numa.pages_off_bound_node'));
    return same(`${((100 * astray) / (pages('0') + pages('1'))).toFixed(1)} %`, text(value).slice(0, 6));
  }
  if (N0 !== undefined) return same([pages('0'), pages('1')], [N0, N1]);
  if (row !== undefined) return without('single mappings are summed, not kept');
  return same(found.fact(`numa.policy.${text(policy)}`) !== undefined, true);
};

const lineList: Check = (found, { fact, value }, entry) => {
  if (fact !== 'lines' || !Array.isArray(value)) return without('no check');
  const prefix = entry.format === 'proc-pid-io' ? 'proc.pid.io.' : 'proc.net.sockstat.';
  for (const line of value as string[]) {
    const [head, ...cells] = line.split(/[: ]+/);
    const pairs =
      entry.format === 'proc-pid-io'
        ? [[head!, cells[0]!]]
        : cells.flatMap((cell, i) => (i % 2 === 0 ? [[`${head!}.${cell}`, cells[i + 1]!]] : []));
    for (const [key, number] of pairs) {
      const outcome = close(found.value(prefix + key!), Number(number));
      if (outcome.met !== true) return outcome;
    }
  }
  return MET;
};

const CHECKS: Readonly<Record<string, Check>> = {
  'proc-net-softnet_stat': softnet,
  'proc-net-netstat': facts({ TcpExt: columns, IpExt: columns, MPTcpExt: columns }, field('proc.net.netstat.')),
  'proc-net-snmp': facts({ Tcp: columns, Udp: columns, Ip: columns, Icmp: columns }, field('proc.net.snmp.')),
  'proc-net-snmp6': keyValue('proc.net.snmp6.'),
  'proc-net-sockstat': facts({ lines: lineList }, (found, { field: key, value }, entry) =>
    field('proc.net.sockstat.')(found, { field: text(key).replace('mem_pages', 'mem'), value }, entry),
  ),
  'proc-stat': stat,
  'proc-meminfo': meminfo,
  'proc-vmstat': vmstat,
  'proc-interrupts': cpuTable('proc.interrupts.'),
  'proc-softirqs': cpuTable('proc.softirqs.'),
  'proc-net-dev': dev,
  'proc-schedstat': schedstat,
  'proc-pid-schedstat': pidSchedstat,
  'proc-pid-sched': sched,
  'psi-pressure': pressure,
  'cgroup-v1-cpu.stat': keyValue('cgroup.cpu.stat.'),
  'cgroup-v2-cpu.stat': keyValue('cgroup.cpu.stat.'),
  'cgroup-v1-memory.stat': keyValue('cgroup.memory.stat.'),
  'cgroup-v2-memory.stat': keyValue('cgroup.memory.stat.'),
  'cgroup-v2-memory.events': keyValue('cgroup.memory.events.'),
  'cgroup-v2-io.stat': (found, { device, ...numbers }) => {
    for (const [key, value] of Object.entries(numbers)) {
      const outcome = close(found.value(`cgroup.io.stat.${key}`, { device: text(device) }), Number(value));
      if (outcome.met !== true) return outcome;
    }
    return MET;
  },
  'cgroup-cpu.max': (found, { fact, value }) => {
    const quota = found.fact('cgroup.cpu.max');
    if (fact === 'quota') return same(quota, 'max');
    const [q, p] = text(value).split(' ').map(Number);
    return same(quota, q! / p!);
  },
  'proc-pid-cgroup': facts(
    { lines: (found, { value }) => same(found.reports[0]?.facts, Array.isArray(value) ? value.length : value) },
    NOTHING,
  ),
  'proc-net-stat-nf_conntrack': nfStat,
  'proc-net-nf_conntrack': nfTable,
  'proc-net-tcp': tcp,
  'proc-net-udp': tcp,
  'proc-buddyinfo': (found, { fact, value, path }) => {
    const all = found.series('proc.buddyinfo.free');
    if (fact === 'records') return same(new Set(all.map(({ labels }) => labels['zone'])).size, value);
    const zone = [...new Set(all.map(({ labels }) => labels['zone']))][Number((path as unknown[])[0])];
    return same(
      all.filter(({ labels }) => labels['zone'] === zone).map((one) => one.value[0]),
      value,
    );
  },
  'proc-zoneinfo': (found, { fact, value, path }, entry) => {
    const zones = new Set(
      found.series('proc.zoneinfo.min').map(({ labels }) => `${labels['numa_node']!} ${labels['zone']!}`),
    ).size;
    if (fact === '"Node" headers') return same(zones, value);
    // the peer parser groups zones by memory node
    if (fact === 'records') return same(distinct(found, 'proc.zoneinfo.min', 'numa_node'), value);
    if (path === undefined) return without('no check');
    const [, zone, , key] = path as string[];
    return same(found.value(`proc.zoneinfo.${key!}`, { zone: zone! }), value) && corpusText(entry) !== ''
      ? same(found.value(`proc.zoneinfo.${key!}`, { zone: zone! }), value)
      : without('');
  },
  'proc-pid-status': (found, { path, field: key, value }) => {
    const name = text(key ?? (path as string[])[0]);
    if (name === 'Name') return same(found.fact('process.name'), value);
    const memory = name.startsWith('Vm') || name.startsWith('Rss');
    return close(found.value(`proc.pid.status.${name}`), Number(text(value).replace(/ kB$/, '')) * (memory ? 1024 : 1));
  },
  'proc-diskstats': facts(
    { rows: (found, { value }) => same(distinct(found, 'proc.diskstats.reads', 'device'), value) },
    NOTHING,
  ),
  'proc-slabinfo': facts(
    { slabs: (found, { value }) => same(distinct(found, 'proc.slabinfo.bytes', 'slab'), value) },
    NOTHING,
  ),
  'proc-loadavg': (found, { value }) =>
    same(
      ['load1', 'load5', 'load15'].map((name) => found.value(`proc.loadavg.${name}`)),
      value,
    ),
  'proc-pid-stat': (found, { field: key, value }) => {
    if (key === 'pid') return same(found.imported.series[0]?.labels['pid'], text(value));
    return same(found.fact(key === 'comm' ? 'process.name' : 'process.state'), value);
  },
  'proc-pid-io': facts({ lines: lineList }, field('proc.pid.io.')),
  'sysctl-a': facts({}, (found, { field: key, value }) =>
    same(text(found.fact(`sysctl.${text(key)}`)), text(value).replaceAll('\t', ' ')),
  ),
  numastat: (found, { node, ...numbers }) => {
    const [key, value] = Object.entries(numbers).find(([name]) => name !== 'evidence')!;
    return close(found.value(`sys.node.numastat.${key}`, { numa_node: text(node) }), Number(value));
  },
  'proc-pid-numa_maps': numaMaps,
  'tc-s-qdisc': facts(
    {
      qdiscs: (found, { value }) =>
        same(
          found.series('proc.net.qdisc.dropped').length + found.series('proc.net.qdisc_child.dropped').length,
          value,
        ),
      'sum dropped': (found, { value }) =>
        same(sumOf(found, 'proc.net.qdisc.dropped') + sumOf(found, 'proc.net.qdisc_child.dropped'), value),
    },
    NOTHING,
  ),
};

describe.skipIf(!hasCorpus())('files of /proc, /sys and cgroups of the corpus', () => {
  const tally = new Tally();
  for (const entry of hasCorpus() ? corpusFiles(...Object.keys(CHECKS)) : [])
    it(entry.file, async () => {
      const found = await importCorpus(entry);
      expect(found.reports.map(({ importer }) => importer)).not.toContain(null);
      const failed: unknown[] = [];
      for (const expectation of entry.expected) {
        const { fact, value } = expectation;
        const outcome =
          typeof fact === 'string' && LINE.test(fact)
            ? await lineIs(fact, value, found, entry)
            : CHECKS[entry.format]!(found, expectation, entry);
        tally.add(entry, expectation, outcome);
        if (outcome.met === false) failed.push({ expectation, found: outcome.found });
      }
      expect(failed).toEqual([]);
    });

  it('adds up', () => {
    tally.print('proc, cgroup, sysctl');
    expect(tally.met).toBeGreaterThan(500);
  });
});
