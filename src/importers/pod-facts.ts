import { CGROUP_SERIES, CGROUP_SETTINGS, cgroupFact } from '../proc/cgroup-settings.js';
import { settingOf } from '../proc/sections.js';
import { eachLine, fields, numberOf } from '../proc/snapshot.js';
import type { Labels } from '../types/series.js';
import type { Importer, Sink } from './importer.js';

const POD = /^pod(?:_name)?: *(\S+)$/;
const KEY = /^([a-z][\w. -]{0,40}):[ \t](.*)$/;
/** Keys that say whose the other lines are. */
const OWNER = new Set(['pod', 'namespace', 'node', 'container']);
const NAMES: ReadonlyMap<string, string> = new Map([
  ['pid', 'pod.pid'],
  ['uid', 'pod.uid'],
  ['container id', 'container.id'],
  ['containerid', 'container.id'],
  ['ip', 'pod.ip'],
  ['netns', 'pod.netns'],
]);

/**
 * A page about one pod as a collection script writes it: `key: value` lines (pod, namespace, pid, cgroup files by their
 * names), lines of `ulimit` or `/proc/PID/limits`, `sysctl` lines read inside the pod, listening sockets of `ss` or
 * `netstat`. Facts with the labels of the pod; several pods in one file each begin with their `pod:` line.
 *
 *     pod: web-1
 *     namespace: shop
 *     pid: 211
 *     cpu.max: 100000 100000
 *     Max open files            1024                 4096                 files
 *     sysctl net.core.somaxconn = 4096
 *     LISTEN 0      128          0.0.0.0:9000       0.0.0.0:*
 */
export const podFacts = {
  id: 'pod-facts',
  title: 'limits, pid and settings of a pod',
  format: { reference: 'https://docs.kernel.org/admin-guide/cgroup-v2.html', versions: 'key: value' },
  sniff: ({ lines }) => {
    if (!lines.slice(0, 8).some((line) => POD.test(line))) return 0;
    return lines.slice(0, 40).some((line) => /^(pid|cpu\.max|memory\.max|netns|cpu\.cfs_quota_us): /.test(line))
      ? 0.9
      : 0;
  },
  read: async (file, sink) => {
    let block: [string, number][] = [];
    let time = 0;
    const flush = (): void => {
      if (block.length > 0) readBlock(block, sink, time);
      block = [];
    };
    await eachLine(
      file,
      sink,
      (text, line, at) => {
        if (POD.test(text) && block.some(([other]) => POD.test(other))) flush();
        time = at;
        block.push([text, line]);
      },
      { flush },
    );
  },
} as const satisfies Importer;

function readBlock(block: readonly [string, number][], sink: Sink, time: number): void {
  const owner: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [text] of block) {
    const [, key = '', value = ''] = KEY.exec(text) ?? [];
    if (OWNER.has(key) && value.trim() !== '') owner[key] = value.trim();
  }
  const labels: Labels = owner;
  for (const [text, line] of block) {
    const match = KEY.exec(text);
    if (match !== null) keyed(match[1]!, match[2]!.trimStart(), sink, labels, line, time);
    else if (text.startsWith('sysctl ')) {
      const [name, value] = text.slice(7).split(/ ?= ?/, 2);
      if (value !== undefined) sink.fact(`sysctl.${name!}`, settingOf(value), { labels, line });
    } else limitOrSocket(text, sink, labels, line);
  }
}

function keyed(key: string, value: string, sink: Sink, labels: Labels, line: number, time: number): void {
  if (OWNER.has(key)) return;
  const name = NAMES.get(key);
  const series = CGROUP_SERIES.get(key);
  if (name !== undefined) {
    if (value !== '') sink.fact(name, settingOf(value), { labels, line });
  } else if (series !== undefined) {
    const number = numberOf(value.trim());
    if (number === undefined) sink.problem('BAD_NUMBER', { found: value.trim() }, line);
    else sink.fact(series[0], number, { labels, line, unit: series[2], ...(time > 0 && { time }) });
  } else if (CGROUP_SETTINGS.test(key)) cgroupFact(sink, key, value, labels, line);
  else if (value !== '') sink.fact(`pod.${key.replaceAll(' ', '_')}`, settingOf(value), { labels, line });
}

/** Heads of tables, other limits, and lines without any number. */
const HEADING = /^(?:Limit |Max |State |Netid |Proto |Active |[^\d]*$)/;

function limitOrSocket(text: string, sink: Sink, labels: Labels, line: number): void {
  const limit = /^Max open files +(\d+|unlimited) +(\d+|unlimited)/.exec(text);
  if (limit !== null) {
    sink.fact('limit.open_files', settingOf(limit[1]!), { labels, line });
    sink.fact('limit.open_files_hard', settingOf(limit[2]!), { labels, line });
    return;
  }
  if (!text.includes('LISTEN')) {
    if (!HEADING.test(text)) sink.problem('BAD_LINE', { expected: 'a limit or a socket', found: text }, line);
    return;
  }
  const cells = fields(text);
  // ss: LISTEN recv-q send-q local peer, perhaps with tcp in front; netstat: tcp recv-q send-q local peer LISTEN
  const from = cells[0] === 'LISTEN' ? 1 : cells[1] === 'LISTEN' ? 2 : cells[5] === 'LISTEN' ? 1 : -1;
  if (from < 0) return;
  const backlog = numberOf(cells[from + 1]);
  const port = /:(\d+)$/.exec(cells[from + 2] ?? '')?.[1];
  if (port === undefined) return;
  sink.fact('net.tcp.listen_port', Number(port), { labels, line });
  // netstat prints 0 there: it does not know the backlog
  if (backlog !== undefined && backlog > 0)
    sink.fact('net.tcp.backlog', backlog, { labels: { ...labels, port }, line });
}
