<<<<<<< HEAD
import { labelled } from '../proc/labels.js';
import { eachLine, firstLine } from '../proc/snapshot.js';
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
 * Output of `tc -s qdisc` (several lines each), or the same on one line. The root of a device speaks for the device;
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
  sniff: ({ lines }) => (/^qdisc \S+ (?:[0-9a-f]+: )?dev \S+ /.test(firstLine(lines)) ? 0.97 : 0),
  read: async (file, sink) => {
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
  if (backlog === null) return;
  put('backlog', backlog[1], WAITING, FACTOR[backlog[2] ?? ''] ?? 1);
  put('qlen', backlog[3], LEVEL);
=======
import type { Labels } from '../types/series.js';
import type { Importer, Sink } from './importer.js';
import { BlockClock } from './tools/clock.js';
import { bytesOf, labelsOf, numberOf, words } from './tools/text.js';

const HEAD = /^qdisc (\S{1,30}) (\S{1,20}) (?:dev (\S{1,40}) )?(root|ingress|parent \S{1,20}|\S{1,20})/;
const SENT = /Sent (\d{1,20}) bytes (\d{1,20}) pkts? \(dropped (\d{1,20}), overlimits (\d{1,20}) requeues (\d{1,20})\)/;
const BACKLOG = /backlog (\d[\d.]{0,20}[KMG]?)b (\d{1,12})p requeues (\d{1,20})/;
const LEVELS = new Set(['maxpacket', 'new_flows_len', 'old_flows_len', 'flows', 'inactive', 'throttled']);

/**
 * `tc -s qdisc`: queueing disciplines with what they sent, dropped and hold.
 *
 * ```
 * qdisc fq_codel 0: dev eth0 root refcnt 2 limit 10240p flows 1024
 *  Sent 12813259743 bytes 31001186 pkt (dropped 3, overlimits 0 requeues 0)
 *  backlog 0b 0p requeues 0
 *   maxpacket 68130 drop_overlimit 0 new_flow_count 122947 ecn_mark 0
 * ```
 * The root's numbers include those of its children, which therefore go to names of their own.
 */
export const tcQdisc: Importer = {
  id: 'tc-qdisc',
  title: 'tc -s qdisc',
  format: { reference: 'https://man7.org/linux/man-pages/man8/tc.8.html', versions: 'iproute2 2.6 and later' },
  sniff({ lines }) {
    const start = lines.slice(0, 40);
    if (!start.some((line) => HEAD.test(line))) return 0;
    return start.some((line) => SENT.test(line)) ? 0.97 : 0.6;
  },
  async read(file, sink) {
    const clock = new BlockClock(sink);
    const reader = new Reader(sink, clock);
    let number = 0;
    for await (const line of file.lines()) reader.line(line, ++number);
    reader.finish();
  },
};

class Reader {
  readonly #sink: Sink;
  readonly #clock: BlockClock;
  #labels: Labels | undefined;
  #prefix = '';
  #seen = new Set<string>();
  #time = 0;
  #qdiscs = 0;
  #dropped = 0;

  constructor(sink: Sink, clock: BlockClock) {
    this.#sink = sink;
    this.#clock = clock;
  }

  line(text: string, number: number): void {
    const head = HEAD.exec(text);
    if (head !== null) {
      this.#head(head, number);
      return;
    }
    if (this.#clock.stamp(text, number)) {
      this.#seen = new Set();
      return;
    }
    if (this.#labels === undefined) return;
    const sent = SENT.exec(text);
    const backlog = BACKLOG.exec(text);
    if (sent !== null) {
      const names = ['bytes', 'packets', 'dropped', 'overlimits', 'requeues'];
      for (const [i, name] of names.entries()) this.#push(name, Number(sent[i + 1]), 'counter', number);
      this.#dropped += Number(sent[3]);
    } else if (backlog !== null) {
      this.#push('backlog', bytesOf(backlog[1]), 'gauge', number);
      this.#push('qlen', Number(backlog[2]), 'gauge', number);
    } else if (/^\s/.test(text)) this.#details(words(text), number);
  }

  #head(head: RegExpExecArray, number: number): void {
    const [, kind = '', handle = '', device = '', place = ''] = head;
    const parent = place.startsWith('parent ') ? place.slice(7) : place;
    const labels = labelsOf([
      ['node', this.#sink.context['node']],
      ['device', device],
      ['kind', kind],
      ['handle', handle],
      ['parent', parent],
    ]);
    const key = JSON.stringify(labels);
    if (this.#seen.has(key)) this.#seen = new Set();
    if (this.#seen.size === 0) this.#time = this.#clock.next(number);
    this.#seen.add(key);
    this.#labels = labels;
    this.#prefix = parent === 'root' ? 'proc.net.qdisc' : 'tc.qdisc';
    this.#qdiscs++;
  }

  #details(cells: readonly string[], number: number): void {
    for (let i = 0; i + 1 < cells.length; i++) {
      const name = cells[i] ?? '';
      const value = numberOf(cells[i + 1]);
      if (!/^[a-z][a-z_]{2,30}$/.test(name) || Number.isNaN(value)) continue;
      const labels = this.#labels ?? {};
      const kind = LEVELS.has(name) ? 'gauge' : 'counter';
      this.#sink.series(`tc.qdisc.${name}`, labels, { kind }).push(this.#time, value, number);
      i++;
    }
  }

  #push(name: string, value: number, kind: 'counter' | 'gauge', number: number): void {
    if (Number.isNaN(value) || this.#labels === undefined) return;
    // the root is the only one of its device
    const labels = this.#prefix === 'tc.qdisc' ? this.#labels : labelsOf((['node', 'device'] as const).map((key) => [key, this.#labels?.[key]]));
    this.#sink.series(`${this.#prefix}.${name}`, labels, { kind }).push(this.#time, value, number);
  }

  finish(): void {
    if (this.#qdiscs === 0) this.#sink.problem('NO_ROWS');
    this.#sink.fact('tc.qdiscs', this.#qdiscs);
    this.#sink.fact('tc.dropped', this.#dropped);
    this.#sink.format(`tc -s qdisc, ${this.#qdiscs} qdiscs`);
  }
>>>>>>> 11567ab (Importers of netstat, conntrack, ethtool, tc and ip counters)
}
