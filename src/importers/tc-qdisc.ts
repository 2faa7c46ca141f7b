import { labelled } from '../proc/labels.js';
import { eachLine, firstLine, UNDATED } from '../proc/snapshot.js';
import type { Labels } from '../types/series.js';
import type { Importer, SeriesHints, Sink } from './importer.js';

const HEADER = /^qdisc (\S+)(?: ([0-9a-f]+:))? dev (\S+) (.*)$/;
const SENT = /Sent (\d+) bytes (\d+) (?:pkts?)\b/;
const DROPPED = /dropped (\d+), overlimits (\d+)(?: requeues (\d+))?/;
const BACKLOG = /backlog (\d+)(K|M|G)?b? (\d+)p/;
const COUNTER: SeriesHints = { kind: 'counter', unit: 'packets' };
const BYTES: SeriesHints = { kind: 'counter', unit: 'bytes' };
const LEVEL: SeriesHints = { kind: 'gauge', unit: 'packets' };
const WAITING: SeriesHints = { kind: 'gauge', unit: 'bytes' };
const FACTOR: Readonly<Record<string, number>> = { K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/**
 * Output of `tc -s qdisc` (several lines each), or the same on one line or as JSON (`-j`). The root of a device speaks for the device;
 * children are kept under `proc.net.qdisc_child`, told apart by their parent, since the root counts their packets too.
 *
 *     qdisc htb 1: dev eth0 root refcnt 2 r2q 10 default 0x30
 *      Sent 141412 bytes 930 pkt (dropped 3, overlimits 12 requeues 0)
 *      backlog 0b 0p requeues 0
 */
export const tcQdisc = {
  id: 'tc-qdisc',
  title: 'queueing disciplines (tc -s qdisc)',
  format: { reference: 'https://man7.org/linux/man-pages/man8/tc.8.html', versions: 'iproute2' },
  sniff: ({ lines, text }) =>
    /^qdisc \S+ (?:[0-9a-f]+: )?dev \S+ /.test(firstLine(lines)) ||
    /^\s{0,20}\[\s{0,20}\{\s{0,20}"kind"\s{0,4}:\s{0,4}"[^"]{1,60}",\s{0,20}"handle"/.test(text.slice(0, 400))
      ? 0.97
      : 0,
  read: async (file, sink) => {
    if (file.head.text.trimStart().startsWith('[')) return readJson(await file.text(), sink);
    let labels: Labels = sink.context;
    let prefix = 'proc.net.qdisc.';
    await eachLine(file, sink, (text, line, time) => {
      const header = HEADER.exec(text);
      if (header !== null) {
        const parent = /\bparent (\S+)/.exec(header[4]!)?.[1];
        labels = labelled.with(sink.context, 'device', header[3]!);
        const child = parent !== undefined && parent !== 'ffffffff' && !/^ffff:fff1$/.test(parent);
        prefix = child ? 'proc.net.qdisc_child.' : 'proc.net.qdisc.';
        if (child) labels = labelled.with(labels, 'parent', parent);
        sink.format(header[1]!);
      }
      numbers(text, line, time, prefix, labels, sink);
    });
  },
} as const satisfies Importer;

function numbers(text: string, line: number, time: number, prefix: string, labels: Labels, sink: Sink): void {
  const put = (name: string, value: string | undefined, hints: SeriesHints, factor = 1): void => {
    if (value !== undefined) sink.series(prefix + name, labels, hints).push(time, Number(value) * factor, line);
  };
  const sent = SENT.exec(text);
  if (sent !== null) {
    put('bytes', sent[1], BYTES);
    put('packets', sent[2], COUNTER);
  }
  const dropped = DROPPED.exec(text);
  if (dropped !== null) {
    put('dropped', dropped[1], COUNTER);
    put('overlimits', dropped[2], COUNTER);
    put('requeues', dropped[3], COUNTER);
  }
  const backlog = BACKLOG.exec(text);
  if (backlog === null) {
    if (/^\s*(?:Sent|backlog)\b/.test(text) && (sent === null || dropped === null))
      sink.problem('BAD_LINE', { expected: 'the counters of a discipline', found: text }, line);
    else if (sent === null && dropped === null && /^\s/.test(text)) details(text, line, time, labels, sink);
    return;
  }
  put('backlog', backlog[1], WAITING, FACTOR[backlog[2] ?? ''] ?? 1);
  put('qlen', backlog[3], LEVEL);
}

const LEVELS = new Set(['maxpacket', 'new_flows_len', 'old_flows_len', 'flows', 'inactive', 'throttled']);

/** Counters that only one kind of discipline has: `maxpacket 68130 drop_overlimit 0 new_flow_count 122947 ecn_mark 0`. */
function details(text: string, line: number, time: number, labels: Labels, sink: Sink): void {
  if (!/\d/.test(text) || !/^\s*[a-z_]/.test(text))
    return sink.problem('BAD_LINE', { expected: 'the counters of a discipline', found: text }, line);
  for (const [, name = '', value = ''] of text.matchAll(/\b([a-z][a-z_]{2,30}) (\d{1,18})(?!\S)/g)) {
    const kind = LEVELS.has(name) ? 'gauge' : 'counter';
    sink.series(`tc.qdisc.${name}`, labels, { kind, unit: 'count' }).push(time, Number(value), line);
  }
}

/** Keys of `tc -s -j qdisc` → our name, kind and unit; all other numbers are of one kind of discipline alone. */
const KEYS: ReadonlyMap<string, readonly [name: string, hints: SeriesHints]> = new Map([
  ['bytes', ['bytes', BYTES]],
  ['packets', ['packets', COUNTER]],
  ['drops', ['dropped', COUNTER]],
  ['overlimits', ['overlimits', COUNTER]],
  ['requeues', ['requeues', COUNTER]],
  ['backlog', ['backlog', WAITING]],
  ['qlen', ['qlen', LEVEL]],
]);

function readJson(text: string, sink: Sink): void {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch (error) {
    return sink.problem('UNREADABLE', { reason: error instanceof Error ? error.message : 'not JSON' });
  }
  const time = sink.taken?.time ?? UNDATED;
  if (Array.isArray(root)) for (const one of root) if (isObject(one)) pushObject(one, time, sink);
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function pushObject(qdisc: object, time: number, sink: Sink): void {
  const entries = new Map<string, unknown>(Object.entries(qdisc));
  const [kind, device, parent] = [entries.get('kind'), entries.get('dev'), entries.get('parent')];
  if (typeof device !== 'string' || typeof kind !== 'string') return;
  sink.format(kind);
  const own = labelled.with(sink.context, 'device', device);
  const child = typeof parent === 'string' && parent !== 'ffff:fff1';
  const labels = child ? labelled.with(own, 'parent', parent) : own;
  for (const [key, value] of entries) {
    const known = KEYS.get(key);
    if (typeof value !== 'number' || key === 'refcnt') continue;
    const name = known === undefined ? `tc.qdisc.${key}` : `proc.net.${child ? 'qdisc_child' : 'qdisc'}.${known[0]}`;
    const kindOf = LEVELS.has(key) ? 'gauge' : 'counter';
    sink.series(name, labels, known?.[1] ?? { kind: kindOf, unit: 'count' }).push(time, value, 0);
  }
}
