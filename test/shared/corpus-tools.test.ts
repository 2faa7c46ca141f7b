/**
 * Every expectation that the corpus states for the output of tools, through the public path (openDump → importDump).
 *
 * | expectation | why it has no counterpart, or is met in another shape |
 * | --- | --- |
 * | `lines`, `first/last non-empty line`, `header` | the importer yields numbers: the line counts as met when what it says came out |
 * | jc records | jc's field names are mapped below; percentages are ratios, KiB are bytes, ms are seconds here |
 */
import { describe, expect, it } from 'vitest';
import type { ForeignSeries } from '../../src/series/foreign.js';
import type { Labels } from '../../src/types/series.js';
import {
  corpusFiles,
  corpusText,
  hasCorpus,
  importCorpus,
  Tally,
  type CorpusFile,
  type CorpusImport,
  type Expectation,
  type Outcome,
} from '../support/corpus.js';

type Judge = (expected: Expectation, got: CorpusImport, entry: CorpusFile) => Outcome;

const met: Outcome = { met: true };
const is = (ok: boolean, found: unknown): Outcome => (ok ? met : { met: false, found });
const close = (a: number | undefined, b: number): boolean =>
  a !== undefined && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

/** All of several checks, with what failed. */
function all(checks: Readonly<Record<string, readonly [unknown, unknown]>>): Outcome {
  const wrong = Object.entries(checks).filter(([, [found, wanted]]) =>
    typeof found === 'number' && typeof wanted === 'number' ? !close(found, wanted) : found !== wanted,
  );
  return wrong.length === 0
    ? met
    : { met: false, found: Object.fromEntries(wrong.map(([key, [found]]) => [key, found])) };
}

/** Text of a plain value. */
const str = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const codes = (got: CorpusImport): string[] => got.reports.flatMap((report) => report.problems.map(({ code }) => code));
const utc = (text: string): number => Date.parse(`${text}Z`);

/** Instant of `06/01/20 12:53:20`, `2019-04-18 13:20:19 UTC`, `10/07/2014 03:49:57 PM`, as the importer reads it. */
function instant(text: string): number {
  const parts = /^(\S+)[ T](\d+):(\d+):(\d+)(?: (AM|PM))?/.exec(text.replace('Z', ''))!;
  const [, date = '', h, m, s, half] = parts;
  const us = /^(\d\d)\/(\d\d)\/(\d{2,4})$/.exec(date);
  const day =
    us === null
      ? utc(date + 'T00:00:00')
      : Date.UTC(us[3]!.length === 2 ? 2000 + Number(us[3]) : Number(us[3]), Number(us[1]) - 1, Number(us[2]));
  const hour = half === undefined ? Number(h) : (Number(h) % 12) + (half === 'PM' ? 12 : 0);
  return day + ((hour * 60 + Number(m)) * 60 + Number(s)) * 1000;
}

/** Series by name, labels and the line their first sample stands on. */
function onLine(got: CorpusImport, name: string, line: number): ForeignSeries | undefined {
  return got.imported.series.find((one) => {
    const { line: lines } = one.origin;
    return one.name === name && (typeof lines === 'number' ? lines : lines[0]) === line;
  });
}

/** 1-based number of the first line that contains a text. */
const lineOf = (entry: CorpusFile, text: string): number =>
  corpusText(entry)
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;

/** Whether every number of a line (beyond labels) came out of it: some sample or fact names that line. */
function yields(got: CorpusImport, line: number): boolean {
  const { series, facts, events } = got.imported;
  return (
    facts.some(({ source }) => source.line === line) ||
    events.some(({ source }) => source.line === line) ||
    series.some(({ origin }) => (typeof origin.line === 'number' ? origin.line === line : origin.line.includes(line)))
  );
}

/** All lines were read: the last one that carries data (averages are no samples) has come out. */
function counted(text: string, wanted: number, got: CorpusImport): Outcome {
  const lines = text.replace(/\n$/, '').split('\n');
  const data = lines.findLastIndex((line) => /\d/.test(line) && !/^(?:Average|Summary)/.test(line)) + 1;
  return all({ lines: [lines.length, wanted], last: [yields(got, data), true] });
}

/** Expectations about lines as such: those that carry data must have come out, heads must have been understood. */
function aboutLines(expected: Expectation, got: CorpusImport, entry: CorpusFile): Outcome | undefined {
  const text = corpusText(entry);
  const { fact, value } = expected;
  switch (fact) {
    case 'lines':
      return Array.isArray(value)
        ? is(
            (value as string[]).every(
              (line) => text.includes(line) && (!/\d/.test(line) || yields(got, lineOf(entry, line))),
            ),
            'a line without a counterpart',
          )
        : counted(text, Number(value), got);
    case 'first non-empty line':
    case 'last non-empty line':
    case 'first line': {
      const line = value as string;
      const heads = !/\d/.test(line) || /^(?:USER|Linux|NIC)/.test(line);
      return is(
        text.includes(line) && (heads || yields(got, text.split('\n').lastIndexOf(line) + 1 || lineOf(entry, line))),
        'line without a counterpart',
      );
    }
    case 'header': {
      const [, host] = /\(([^)]*)\)/.exec(value as string) ?? [, (value as string).split(' ')[1]];
      return all({ host: [got.fact('host.name'), host] });
    }
    default:
      return undefined;
  }
}

// --- sar, sadf, mpstat ------------------------------------------------------------------------------------------------

/** sar's columns among the keys of an expectation. */
function columns(expected: Expectation, got: CorpusImport, prefix: string, labels: Labels, time?: number): Outcome {
  const checks: Record<string, readonly [unknown, unknown]> = {};
  for (const [key, value] of Object.entries(expected)) {
    if (!key.startsWith('%') || typeof value !== 'number') continue;
    checks[key] = [got.value(`${prefix}${key}`, labels, time), value / 100];
  }
  return all(checks);
}

const sar: Judge = (expected, got, entry) => {
  const lines = aboutLines(expected, got, entry);
  if (lines !== undefined) return lines;
  const { fact, value } = expected;
  if (fact === 'RESTART lines') return all({ restarts: [got.fact('sysstat.restarts'), value] });
  if (fact === '"Average:" rows') {
    const rows = corpusText(entry)
      .split('\n')
      .filter((line) => line.startsWith('Average')).length;
    // heads repeated under `Average:` count as lines in the manifest, not as rows of values
    return is(Number(got.fact('sysstat.average_rows')) <= rows && rows === value, got.fact('sysstat.average_rows'));
  }
  if (fact === 'restart at' || fact === 'comment') {
    const kind = fact === 'comment' ? 'sysstat.comment' : 'host.restart';
    const [clock = '', ...words] = (value as string).split(' ');
    const event = got.imported.events.find(
      (one) => one.kind === kind && new Date(one.time).toISOString().includes(`T${clock}`),
    );
    return is(event?.message.includes(words.join(' ')) === true, event?.message);
  }
  if (expected['os'] !== undefined) return all({ os: [got.fact('kernel.system'), expected['os']] });
  const time = typeof expected['time'] === 'string' ? instant(expected['time']) : undefined;
  const prefix = '%scpu' in expected || '%sio' in expected ? 'sysstat.' : 'sysstat.cpu.';
  return columns(expected, got, prefix, {}, time);
};

type Reading = (got: CorpusImport, time: number, cpu: string) => number | undefined;

const JC_MPSTAT: Readonly<Record<string, Reading>> = Object.fromEntries<Reading>([
  ...['usr', 'nice', 'sys', 'iowait', 'irq', 'soft', 'steal', 'guest', 'gnice', 'idle'].map(
    (mode): [string, Reading] => [
      `percent_${mode}`,
      (got: CorpusImport, time: number, cpu: string) =>
        (cpu === 'all'
          ? got.value(`sysstat.cpu.%${mode}`, {}, time)
          : got.value(`sysstat.percpu.%${mode}`, { cpu }, time))! * 100,
    ],
  ),
  ...['hi', 'timer', 'net_tx', 'net_rx', 'block', 'block_iopoll', 'tasklet', 'sched', 'hrtimer', 'rcu'].map(
    (name): [string, Reading] => [
      `${name}_s`,
      (got: CorpusImport, time: number, cpu: string) =>
        got.value(`sysstat.softirqs.${name.toUpperCase()}`, { cpu }, time),
    ],
  ),
]);

const mpstat: Judge = (expected, got, entry) => {
  if (expected['fact'] === 'records') {
    const rows = Number(got.fact('sysstat.rows')) + Number(got.fact('sysstat.average_rows'));
    return all({ rows: [rows, expected['value']] });
  }
  if (expected['path'] === undefined) return sar(expected, got, entry);
  const record = expected['value'] as Readonly<Record<string, number | string>>;
  const time = instant(`03/11/2022 ${String(record['time'])}`);
  const checks: Record<string, readonly [unknown, unknown]> = {};
  for (const [key, read] of Object.entries(JC_MPSTAT))
    if (key in record) checks[key] = [read(got, time, String(record['cpu'])), record[key]];
  return all(checks);
};

const sadf: Judge = (expected, got, entry) => {
  const lines = aboutLines(expected, got, entry);
  if (lines !== undefined) return lines;
  const { fact, value } = expected;
  const time = typeof expected['time'] === 'string' ? instant(expected['time'].replace(/T/, ' ')) : undefined;
  if (expected['host'] !== undefined) return all({ host: [got.fact('host.name'), expected['host']] });
  if (fact === 'restarts') return all({ restarts: [got.fact('sysstat.restarts'), value] });
  if (fact === 'statistics records' || fact === 'statistics timestamps')
    return all({ records: [got.fact('sysstat.records'), value] });
  if (fact === 'rows') return all({ rows: [got.fact('sysstat.rows'), value] });
  if (fact === 'root' || fact === 'root element') return is(got.importers.includes('sadf-xml'), got.importers);
  if (fact === 'first timestamp') {
    const stamp = value as { date: string; time: string };
    return is(
      got.imported.series.some((one) => one.time[0] === utc(`${stamp.date}T${stamp.time}`)),
      got.imported.series[0]?.time[0],
    );
  }
  if (fact === 'restart marker') {
    const event = got.imported.events.find(({ kind }) => kind === 'host.restart');
    return all({
      time: [event?.time, utc('2019-04-18T15:54:09')],
      message: [event?.message, 'LINUX-RESTART\t(10 CPU)'],
    });
  }
  if ('temperature[1]' in expected)
    return all({
      degC: [got.value('sysstat.temp.degC', { sensor: '1' }, time), expected['temperature[1]']],
      window: [expected['interval'], 46],
    });
  if ('wghMHz' in expected)
    return all({
      MHz: [got.value('sysstat.percpu.wghMHz', { cpu: str(expected['cpu']) }, time)! / 1e6, expected['wghMHz']],
    });
  if (expected['cpu'] === 'all')
    return all({
      usr: [got.value('sysstat.cpu.%usr', {}, time)! * 100, expected['usr']],
      nice: [got.value('sysstat.cpu.%nice', {}, time)! * 100, expected['nice']],
    });
  return columns(expected, got, 'sysstat.cpu.', {}, time);
};

// --- iostat, vmstat, pidstat ---------------------------------------------------------------------------------------------

/** jc's field of a device → our name and factor. */
const DEVICE: Readonly<Record<string, readonly [string, number]>> = {
  rrqm_s: ['rrqm', 1],
  wrqm_s: ['wrqm', 1],
  r_s: ['r', 1],
  w_s: ['w', 1],
  rkb_s: ['rkB', 1024],
  wkb_s: ['wkB', 1024],
  avgrq_sz: ['avgrq-sz', 512],
  avgqu_sz: ['avgqu-sz', 1],
  await: ['await', 0.001],
  r_await: ['r_await', 0.001],
  w_await: ['w_await', 0.001],
  svctm: ['svctm', 0.001],
  percent_util: ['%util', 0.01],
  tps: ['tps', 1],
};

const iostat: Judge = (expected, got, entry) => {
  const lines = aboutLines(expected, got, entry);
  if (lines !== undefined) return lines;
  if (expected['fact'] === 'records') return all({ rows: [got.fact('iostat.rows'), expected['value']] });
  const boot = 'since_boot.sysstat.';
  if (expected['device'] !== undefined) {
    const labels = { device: str(expected['device']) };
    if ('tps' in expected)
      return all({
        tps: [got.fact(`${boot}dev.tps`, labels), expected['tps']],
        MB_read: [got.fact(`${boot}dev.MB_read.amount`, labels), Number(expected['MB_read']) * 1_048_576],
      });
    return all({
      '%util': [got.fact(`${boot}dev.%util`, labels), Number(expected['%util']) / 100],
      await: [got.fact(`${boot}dev.await`, labels), Number(expected['await']) / 1000],
    });
  }
  if (expected['host'] !== undefined) return all({ host: [got.fact('host.name'), expected['host']] });
  const record = expected['value'] as Readonly<Record<string, number | string>>;
  const checks: Record<string, readonly [unknown, unknown]> = {};
  for (const [key, value] of Object.entries(record)) {
    if (typeof value !== 'number') continue;
    const [name, factor] = DEVICE[key] ?? [];
    if (record['type'] === 'cpu') checks[key] = [got.fact(`${boot}cpu.%${key.slice(8)}`), value / 100];
    else if (name !== undefined && factor !== undefined)
      checks[key] = [got.fact(`${boot}dev.${name}`, { device: String(record['device']) }), value * factor];
  }
  return all(checks);
};

const VMSTAT: Readonly<Record<string, readonly [string, number]>> = {
  runnable_procs: ['r', 1],
  uninterruptible_sleeping_procs: ['b', 1],
  virtual_mem_used: ['swpd', 1024],
  free_mem: ['free', 1024],
  buffer_mem: ['buff', 1024],
  cache_mem: ['cache', 1024],
  inactive_mem: ['inact', 1024],
  active_mem: ['active', 1024],
  swap_in: ['si', 1024],
  swap_out: ['so', 1024],
  blocks_in: ['bi', 1024],
  blocks_out: ['bo', 1024],
  interrupts: ['in', 1],
  context_switches: ['cs', 1],
  user_time: ['us', 0.01],
  system_time: ['sy', 0.01],
  idle_time: ['id', 0.01],
  io_wait_time: ['wa', 0.01],
  stolen_time: ['st', 0.01],
};

const vmstat: Judge = (expected, got) => {
  if (expected['fact'] === 'records') return all({ rows: [got.fact('vmstat.rows'), expected['value']] });
  const record = expected['value'] as Readonly<Record<string, number | string | null>>;
  const checks: Record<string, readonly [unknown, unknown]> = {};
  for (const [key, [name, factor]] of Object.entries(VMSTAT)) {
    const value = record[key];
    const found = got.value(`vmstat.${name}`) ?? got.fact(`since_boot.vmstat.${name}`);
    // the first row's rates are facts: the series, where there is one, begins with the second row
    const first = got.fact(`since_boot.vmstat.${name}`) ?? found;
    checks[key] = value === null || value === undefined ? [first, undefined] : [first, Number(value) * factor];
  }
  // jc's `epoch` reads the time as one of the machine it ran on; the file says PDT, seven hours behind UTC
  if (typeof record['timestamp'] === 'string')
    checks['timestamp'] = [
      got.series('vmstat.r')[0]?.time[0],
      utc(record['timestamp'].replace(' ', 'T')) + 7 * 3_600_000,
    ];
  return all(checks);
};

const PIDSTAT: Readonly<Record<string, readonly [string, number]>> = {
  percent_usr: ['%usr', 0.01],
  percent_system: ['%system', 0.01],
  percent_guest: ['%guest', 0.01],
  percent_cpu: ['%CPU', 0.01],
  percent_mem: ['%MEM', 0.01],
  cpu: ['CPU', 1],
  minflt_s: ['minflt', 1],
  majflt_s: ['majflt', 1],
  vsz: ['VSZ', 1024],
  rss: ['RSS', 1024],
  stksize: ['StkSize', 1024],
  stkref: ['StkRef', 1024],
  kb_rd_s: ['kB_rd', 1024],
  kb_wr_s: ['kB_wr', 1024],
  kb_ccwr_s: ['kB_ccwr', 1024],
  cswch_s: ['cswch', 1],
  nvcswch_s: ['nvcswch', 1],
};

const pidstat: Judge = (expected, got, entry) => {
  const lines = aboutLines(expected, got, entry);
  if (lines !== undefined) return lines;
  const { fact, value } = expected;
  if (fact === 'records' || fact === 'rows') return all({ rows: [got.fact('pidstat.rows'), value] });
  if (fact === 'percent above 100')
    return is(
      got.imported.series.some((one) => one.name === 'sysstat.task.%CPU' && one.value.some((v) => v > 1)),
      'none',
    );
  if (expected['path'] !== undefined) {
    const record = value as Readonly<Record<string, number | string>>;
    const labels = { pid: String(record['pid']), process: String(record['command']), uid: String(record['uid']) };
    const checks: Record<string, readonly [unknown, unknown]> = {};
    for (const [key, [name, factor]] of Object.entries(PIDSTAT)) {
      const wanted = record[key];
      const found = got.value(`sysstat.task.${name}`, labels, Number(record['time']) * 1000);
      // -1 means not readable: no sample
      checks[key] = wanted === -1 ? [found, undefined] : [found, Number(wanted) * factor];
    }
    return all(checks);
  }
  const thread = expected['tid'] !== undefined;
  const prefix = thread ? 'sysstat.thread.' : 'sysstat.task.';
  const labels: Record<string, string> = {};
  if (thread) labels['tid'] = str(expected['tid']);
  const pid = expected['pid'] ?? expected['tgid'];
  if (pid !== undefined) labels['pid'] = str(pid);
  const named = str(expected['command'] ?? '').replace(' (name with a space)', '');
  if (named !== '') labels['process'] = named;
  const stamp = expected['time'] as string | undefined;
  const time = stamp === undefined ? undefined : instant(stamp.includes('/') ? stamp : `01/01/1970 ${stamp}`);
  if (named !== '' && !Object.keys(expected).some((key) => key.startsWith('%')))
    return is(got.series(`${prefix}%usr`, labels).length > 0, 'no such thread');
  return columns(expected, got, prefix, labels, time);
};

// --- sockets and counters ---------------------------------------------------------------------------------------------------

const sockets: Judge = (expected, got, entry) => {
  const { fact, value } = expected;
  const prefix = got.importers[0] === 'ss' ? 'ss' : 'netstat';
  if (fact === 'records' || fact === 'sockets') return all({ rows: [got.fact(`${prefix}.rows`), value] });
  if (fact === 'header line present') return is(got.importers[0] === 'ss', got.importers);
  if (fact === 'by netid+state') {
    const checks: Record<string, readonly [unknown, unknown]> = {};
    for (const [key, count] of Object.entries(value as Readonly<Record<string, number>>)) {
      const [netid = '', state = ''] = key.split(' ');
      checks[key] = [got.value('ss.sockets', { netid, state }), count];
    }
    return all(checks);
  }
  if (expected['local'] !== undefined) {
    const labels = { local: str(expected['local']) };
    return all({
      send_q: [got.value('ss.send_q', labels), expected['send_q']],
      w: [got.value('ss.skmem.w', labels), expected['skmem.w']],
      rb: [got.value('ss.skmem.rb', labels), expected['skmem.rb']],
    });
  }
  if (expected['peer port name'] !== undefined)
    return is(got.series('ss.recv_q', { peer: '39.106.80.255:https' }).length === 1, 'no https');
  const record = value as Readonly<Record<string, string | number>>;
  const first =
    corpusText(entry)
      .split('\n')
      .findIndex((line) => /^(?:nl|udp|tcp)\s/.test(line)) + 1;
  const recv = onLine(got, `${prefix}.recv_q`, first);
  const send = onLine(got, `${prefix}.send_q`, first);
  const states: Readonly<Record<string, string>> = { ESTABLISHED: 'ESTAB' };
  const address = (host: unknown, port: unknown): string =>
    port === undefined ? str(host) : `${str(host)}:${str(port)}`;
  const channel = record['channel'] === undefined ? undefined : `${String(record['channel'])}/${String(record['pid'])}`;
  const peer = record['peer_address'] ?? record['foreign_address'];
  return all({
    recv_q: [recv?.value[0], record['recv_q']],
    send_q: [send?.value[0], record['send_q']],
    state: [recv?.labels['state'], states[String(record['state'])] ?? record['state']],
    netid: [recv?.labels['netid'], record['netid'] ?? record['proto']],
    local: [recv?.labels['local'], channel ?? address(record['local_address'], record['local_port'])],
    peer: [recv?.labels['peer'], address(peer, record['peer_port'] ?? record['foreign_port'])],
    ...(record['program_name'] === undefined
      ? {}
      : {
          process: [recv?.labels['process'], record['program_name']] as const,
          pid: [recv?.labels['pid'], String(record['pid'])] as const,
        }),
  });
};

const NETSTAT: Readonly<Record<string, string>> = {
  'Ip total_packets_received': 'proc.net.snmp.Ip.InReceives',
  'Ip outgoing_packets_dropped': 'proc.net.snmp.Ip.OutDiscards',
  'Tcp active connections openings': 'proc.net.snmp.Tcp.ActiveOpens',
  'Tcp segments retransmited': 'proc.net.snmp.Tcp.RetransSegs',
  'Icmp destination unreachable (input)': 'proc.net.snmp.Icmp.InDestUnreachs',
};

const netstatStatistics: Judge = (expected, got) => {
  const checks: Record<string, readonly [unknown, unknown]> = {};
  for (const [key, value] of Object.entries(expected)) {
    if (key === 'section') continue;
    const name = NETSTAT[`${str(expected['section'])} ${key}`];
    checks[key] = [name === undefined ? undefined : got.value(name), value];
  }
  return all(checks);
};

const netstatInterfaces: Judge = (expected, got) => {
  if (expected['fact'] === 'records') return all({ rows: [got.fact('netstat.interfaces'), expected['value']] });
  const record = expected['value'] as Readonly<Record<string, string | number>>;
  const labels = { device: String(record['iface']) };
  const of = (name: string): number | undefined => got.value(`proc.net.dev.${name}`, labels);
  return all({
    mtu: [got.fact('link.mtu', labels), record['mtu']],
    rx_ok: [of('receive_packets'), record['rx_ok']],
    rx_err: [of('receive_errs'), record['rx_err']],
    rx_drp: [of('receive_drop'), record['rx_drp']],
    rx_ovr: [of('receive_fifo'), record['rx_ovr']],
    tx_ok: [of('transmit_packets'), record['tx_ok']],
    tx_err: [of('transmit_errs'), record['tx_err']],
    tx_drp: [of('transmit_drop'), record['tx_drp']],
    tx_ovr: [of('transmit_fifo'), record['tx_ovr']],
  });
};

const nstat: Judge = (expected, got) => {
  if (expected['fact'] === 'counters') return all({ counters: [got.fact('nstat.counters'), expected['value']] });
  const [, protocol = '', name = ''] = /^(TcpExt|IpExt|Tcp|Ip|Udp)(.+)$/.exec(str(expected['field'])) ?? [];
  const file = protocol.endsWith('Ext') ? 'netstat' : 'snmp';
  return all({ value: [got.value(`proc.net.${file}.${protocol}.${name}`), expected['value']] });
};

const links: Judge = (expected, got, entry) =>
  expected['fact'] === 'links'
    ? all({ links: [got.fact('link.count'), expected['value']] })
    : (aboutLines(expected, got, entry) ?? is(false, 'unknown'));

const lined: Judge = (expected, got, entry) => aboutLines(expected, got, entry) ?? is(false, 'unknown');

const qdiscs: Judge = (expected, got, entry) => {
  const { fact, value } = expected;
  const dropped = got.imported.series.filter(({ name }) => /qdisc(?:_child)?\.dropped$/.test(name));
  if (fact === 'qdiscs') return all({ qdiscs: [dropped.length, value] });
  if (fact === 'sum dropped') return all({ dropped: [dropped.reduce((sum, one) => sum + one.value[0]!, 0), value] });
  const line = String(value);
  // a discipline's head names it; its numbers stand on the lines below
  const at = corpusText(entry).split('\n').lastIndexOf(line) + 1;
  return is(at > 0 && yields(got, line.startsWith('qdisc ') ? at + 1 : at), 'nothing');
};

const conntrack: Judge = (expected, got) => {
  const of = (key: string, cpu: string): number | undefined =>
    got.value(`proc.net.stat.nf_conntrack.${key === 'error' ? 'icmp_error' : key}`, { cpu });
  if (expected['fact'] === 'sum insert_failed')
    return all({
      sum: [
        got.series('proc.net.stat.nf_conntrack.insert_failed').reduce((sum, one) => sum + one.value[0]!, 0),
        expected['value'],
      ],
    });
  const checks: Record<string, readonly [unknown, unknown]> = {};
  for (const [key, value] of Object.entries(expected))
    if (key !== 'cpu' && key !== 'evidence') checks[key] = [of(key, str(expected['cpu'])), value];
  return all(checks);
};

const lsof: Judge = (expected, got) => {
  if (expected['fact'] === 'records') return all({ rows: [got.fact('lsof.rows'), expected['value']] });
  const record = expected['value'] as Readonly<Record<string, string | number | null>>;
  const first = got.facts('lsof.file')[0];
  const label = (name: string): string | null => first?.labels[name] ?? null;
  return all({
    name: [first?.value, record['name']],
    command: [label('process'), record['command']],
    pid: [label('pid'), String(record['pid'])],
    tid: [label('tid'), record['tid']],
    user: [label('user'), record['user']],
    fd: [label('fd'), record['fd']],
    type: [label('type'), record['type']],
    device: [label('device'), record['device']],
    size_off: [label('size_off'), record['size_off']],
    node: [label('inode'), record['node']],
  });
};

// --- procps and the like ------------------------------------------------------------------------------------------------------

const top: Judge = (expected, got) =>
  expected['fact'] === 'records'
    ? all({ screens: [got.fact('top.screens'), expected['value']] })
    : all({ load: [got.value('proc.loadavg.load1'), expected['value']] });

const uptime: Judge = (expected, got) => all({ load: [got.value('proc.loadavg.load1'), expected['value']] });

const free: Judge = (expected, got) => {
  if (expected['fact'] === 'records') return all({ rows: [got.fact('free.rows'), expected['value']] });
  const record = expected['value'] as Readonly<Record<string, number>>;
  const kib = (name: string): number => got.value(name)! / 1024;
  return all({
    total: [kib('proc.meminfo.MemTotal'), record['total']],
    used: [kib('free.mem.used'), record['used']],
    free: [kib('proc.meminfo.MemFree'), record['free']],
    shared: [kib('proc.meminfo.Shmem'), record['shared']],
    buffers: [kib('proc.meminfo.Buffers'), record['buffers']],
    cache: [kib('free.mem.cache'), record['cache']],
    available: [kib('proc.meminfo.MemAvailable'), record['available']],
  });
};

const ps: Judge = (expected, got, entry) => {
  if (expected['fact'] === 'records') return all({ rows: [got.fact('ps.rows'), expected['value']] });
  if (expected['path'] === undefined) {
    // all rows under one head
    if (expected['fact'] === 'lines') return all({ rows: [Number(got.fact('ps.rows')) + 1, expected['value']] });
    // a thread's row says its state alone, which is counted
    const line = str(expected['value']);
    if (/ - /.test(line)) return is(Number(got.value('ps.states', { state: 'R' })) > 0, 'no running thread');
    return aboutLines(expected, got, entry) ?? is(false, 'unknown');
  }
  const record = expected['value'] as Readonly<Record<string, string | number>>;
  const labels = { pid: String(record['pid']), user: String(record['user']) };
  return all({
    process: [
      got.series('ps.rss', labels)[0]?.labels['process'],
      String(record['command']).split(' ')[0]!.split('/').at(-1),
    ],
    cpu: [got.value('ps.cpu', labels)! * 100, record['cpu_percent']],
    mem: [got.value('ps.mem', labels)! * 100, record['mem_percent']],
    vsz: [got.value('ps.vsz', labels)! / 1024, record['vsz']],
    rss: [got.value('ps.rss', labels)! / 1024, record['rss']],
    time: [got.value('ps.time', labels), 3],
    stat: [Number(got.value('ps.states', { state: String(record['stat']).slice(0, 1) })) > 0, true],
  });
};

const df: Judge = (expected, got) => {
  if (expected['fact'] === 'records') return all({ rows: [got.fact('df.rows'), expected['value']] });
  const record = expected['value'] as Readonly<Record<string, string | number>>;
  const labels = { device: String(record['filesystem']), mountpoint: String(record['mounted_on']) };
  return all({
    size: [got.value('df.size', labels)! / 1024, record['1k_blocks']],
    used: [got.value('df.used', labels)! / 1024, record['used']],
    available: [got.value('df.available', labels)! / 1024, record['available']],
    percent: [got.value('df.used_ratio', labels)! * 100, record['use_percent']],
  });
};

const numastat: Judge = (expected, got) => {
  const checks: Record<string, readonly [unknown, unknown]> = {};
  for (const [key, value] of Object.entries(expected))
    if (key !== 'node')
      checks[key] = [got.value(`sys.node.numastat.${key}`, { numa_node: str(expected['node']) }), value];
  return all(checks);
};

const lscpu: Judge = (expected, got) =>
  all({ value: [got.fact(`lscpu.${str(expected['field'])}`), expected['value']] });

// --- traces ----------------------------------------------------------------------------------------------------------------------

const perfScript: Judge = (expected, got) => {
  const { fact, value } = expected;
  if (fact === 'events') return all({ events: [got.fact('perf.rows'), value] });
  if (fact === 'events without timestamp') return all({ undated: [got.fact('perf.undated') ?? 0, value] });
  if (fact === 'events by name') {
    const checks = Object.entries(value as Readonly<Record<string, number>>).map(
      ([event, count]) => [event, [got.fact('perf.count', { event }), count]] as const,
    );
    return all(Object.fromEntries(checks));
  }
  const wanted = value as Readonly<Record<string, string | number | null>>;
  const at = fact === 'first event' ? 0 : -1;
  const dated = got.imported.events.filter(({ kind }) => kind.startsWith('perf.')).at(at);
  const undated = got.facts('perf.event').at(at);
  const labels = dated?.labels ?? undated?.labels ?? {};
  return all({
    comm: [labels['process'], wanted['comm']],
    pid: [Number(labels['pid']), wanted['pid']],
    tid: [labels['tid'] ?? null, wanted['tid']],
    cpu: [
      labels['cpu'] === undefined ? null : Number(labels['cpu']),
      wanted['cpu'] === null ? null : Number(wanted['cpu']),
    ],
    time: [dated === undefined ? null : dated.time / 1000, wanted['time_s'] === null ? null : Number(wanted['time_s'])],
    period: [labels['period'] === undefined ? null : Number(labels['period']), wanted['period']],
    event: [dated?.kind.slice(5) ?? labels['event'], wanted['event']],
  });
};

const schedLatency: Judge = (expected, got) => {
  const labels: Record<string, string> = { process: str(expected['task']) };
  if (expected['pid'] !== undefined) labels['tid'] = str(expected['pid']);
  if (expected['tasks_merged'] !== undefined) labels['tasks'] = str(expected['tasks_merged']);
  return all({ max: [Number(got.fact('perf.sched.delay.max', labels)) * 1000, expected['max_ms']] });
};

const ftrace: Judge = (expected, got, entry) => {
  const { fact, value } = expected;
  const event = /^(sched_\w+)/.exec(String(fact))?.[1];
  if (event !== undefined) return all({ count: [got.fact('ftrace.count', { event }), value] });
  if (fact !== undefined) return aboutLines(expected, got, entry) ?? is(false, 'unknown');
  const { pid, iowait, caller } = expected;
  const wanted = `pid=${str(pid)} iowait=${String(iowait)} caller=${String(caller)}`;
  return is(
    got.imported.events.some(({ kind, message }) => kind === 'ftrace.sched_blocked_reason' && message === wanted),
    'no such event',
  );
};

const histogram: Judge = (expected, got) => {
  const { fact, value } = expected;
  if (fact === 'buckets') return all({ buckets: [got.fact('bpf.buckets'), value] });
  if (fact === 'total count') return all({ total: [got.value('bpf.histogram.total'), value] });
  const [, lower = '', upper = '', unit = ''] = /^(\d+) -> (\d+) (\w+)$/.exec(str(expected['bucket'])) ?? [];
  const labels = { lower, upper: String(Number(upper) + 1), unit };
  return all({ count: [got.value('bpf.histogram.bucket', labels), expected['count']] });
};

const bpfEvents: Judge = (expected, got) => {
  if (expected['fact'] === 'rows') return all({ rows: [got.fact('bpf.rows'), expected['value']] });
  const found = got.imported.events.find((event) => event.labels['peer'] === expected['raddr']);
  return all({
    time: [found === undefined ? undefined : new Date(found.time).toISOString().slice(11, 19), expected['time']],
    laddr: [found?.labels['local'], expected['laddr']],
    state: [found?.labels['state'], expected['state']],
  });
};

const judges: Readonly<Record<string, readonly [importer: string, judge: Judge]>> = {
  ss: ['ss', sockets],
  'ss-tinmp': ['ss', sockets],
  'netstat-s': ['netstat-statistics', netstatStatistics],
  'netstat-i': ['netstat-interfaces', netstatInterfaces],
  'netstat-connections': ['netstat-connections', sockets],
  nstat: ['nstat', nstat],
  'ip-s-link': ['ip-link', links],
  'ethtool-S': ['ethtool-statistics', lined],
  'tc-s-qdisc': ['tc-qdisc', qdiscs],
  'conntrack-S': ['conntrack-statistics', conntrack],
  lsof: ['lsof', lsof],
  'sar-text': ['sar-text', sar],
  'sadf-json': ['sadf-json', sadf],
  'sadf-csv': ['sadf-csv', sadf],
  'sadf-xml': ['sadf-xml', sadf],
  'sadf-ppc': ['sadf-ppc', sadf],
  'sadf-raw': ['sadf-raw', sadf],
  'mpstat-text': ['mpstat-text', mpstat],
  'mpstat-json': ['mpstat-json', sadf],
  'iostat-text': ['iostat-text', iostat],
  'iostat-json': ['iostat-json', iostat],
  vmstat: ['vmstat', vmstat],
  'pidstat-text': ['pidstat-text', pidstat],
  top: ['top', top],
  free: ['free', free],
  uptime: ['uptime', uptime],
  ps: ['ps', ps],
  df: ['df', df],
  numastat: ['numastat', numastat],
  lscpu: ['lscpu', lscpu],
  'perf-script': ['perf-script', perfScript],
  'perf-sched-latency': ['perf-sched-latency', schedLatency],
  'ftrace-text': ['ftrace-text', ftrace],
  'bpf-histogram': ['bpf-histogram', histogram],
  'bpf-events': ['bpf-events', bpfEvents],
};

describe.skipIf(!hasCorpus())('corpus: output of tools', () => {
  const tally = new Tally();
  for (const [format, [importer, judge]] of Object.entries(judges)) {
    it(`${format}: every expectation is met`, async () => {
      const own = new Tally();
      for (const entry of corpusFiles(format)) {
        const got = await importCorpus(entry);
        expect(got.importers, entry.file).toEqual([importer]);
        expect(codes(got), entry.file).not.toContain('IMPORTER_FAILED');
        for (const expected of entry.expected) {
          const outcome = judge(expected, got, entry);
          own.add(entry, expected, outcome);
          tally.add(entry, expected, outcome);
        }
      }
      own.print(format);
      expect(own.failed).toEqual([]);
    });
  }

  it('counts', () => {
    tally.print('output of tools');
    expect(tally.total).toBeGreaterThan(0);
  });
});
