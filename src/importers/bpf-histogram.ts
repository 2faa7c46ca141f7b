import type { Labels } from '../types/series.js';
import type { Importer, Sink } from './importer.js';
import { BlockClock, leadingTime, undatedClock, type DayClock } from './tools/clock.js';
import { byLines } from './tools/lines.js';
import { words } from './tools/text.js';

const BCC_HEAD = /^\s{0,40}([A-Za-z][\w() -]{0,30}?)\s{1,20}:\s{0,4}count\s{1,8}distribution\s*$/;
const BCC_ROW = /^\s{0,40}(\d{1,20})(?:\s{1,10}->\s{1,10}(\d{1,20}))?\s{1,20}:\s{0,4}(\d{1,18})\s{1,12}\|/;
const TRACE_HEAD = /^@([\w.]{0,60})(?:\[(.{0,200})\])?:\s*$/;
const TRACE_ROW =
  /^(?:\[|\()(\d{1,18}[KMGTPE]?|\.\.\.)(?:, (\d{1,18}[KMGTPE]?|\.\.\.))?[)\]]\s{1,20}(\d{1,18})\s{1,12}\|/;
const SECTION =
  /^\s{0,8}(pid|tid|cpu|disk|dev|operation|flags|comm|name|saddr|daddr|laddr|raddr|Bucket ptr|net|mntns|pidns|cgroup|cpus?)\s{1,3}[=:]\s{1,3}(.{1,120}?)\s*$/i;

/** Factor to seconds of the unit a histogram's head names. */
const SECONDS: ReadonlyMap<string, number> = new Map([
  ['nsecs', 1e-9],
  ['ns', 1e-9],
  ['usecs', 1e-6],
  ['us', 1e-6],
  ['msecs', 1e-3],
  ['ms', 1e-3],
  ['secs', 1],
]);

/**
 * Histograms of bcc and bpftrace tools: runqlat, biolatency, tcprtt, `hist()` and `lhist()` …
 *
 * ```
 *      usecs               : count     distribution
 *          0 -> 1          : 233      |***********                             |
 *          2 -> 3          : 742      |************************************    |
 * @usecs[java]:
 * [1K, 2K)              12 |@@@@                                              |
 * ```
 * Buckets are powers of two (or linear); bars are ignored. Each histogram counts from zero; lines with a time, or
 * `pid = 7`, before it say whose it is. Buckets become levels labelled by their bounds, beside total, median and p99
 * (upper bounds of the bucket they fall into).
 */
export const bpfHistogram: Importer = {
  id: 'bpf-histogram',
  title: 'bcc and bpftrace histograms',
  format: {
    reference: 'https://github.com/iovisor/bcc/blob/master/tools/runqlat_example.txt',
    versions: 'bcc, libbpf-tools, bpftrace',
  },
  sniff({ lines }) {
    const start = lines.slice(0, 200);
    const bcc = start.some((line) => BCC_HEAD.test(line)) && start.some((line) => BCC_ROW.test(line));
    const trace = start.some((line) => TRACE_HEAD.test(line)) && start.some((line) => TRACE_ROW.test(line));
    return bcc || trace ? 0.97 : 0;
  },
  read: byLines((sink) => new Reader(sink)),
};

interface Bucket {
  readonly lower: number;
  /** Exclusive. */
  readonly upper: number;
  readonly count: number;
  readonly line: number;
}

class Reader {
  readonly #sink: Sink;
  readonly #blocks: BlockClock;
  #clock: DayClock | undefined;
  #time: number | undefined;
  #unit = '';
  #section: Record<string, string> = {};
  #buckets: Bucket[] = [];
  #seen = new Set<string>();
  #histograms = 0;
  #rows = 0;

  constructor(sink: Sink) {
    this.#sink = sink;
    this.#blocks = new BlockClock(sink);
  }

  line(text: string, number: number): void {
    const bcc = BCC_HEAD.exec(text);
    const trace = bcc === null ? TRACE_HEAD.exec(text) : null;
    const bucket = bucketOf(text, number);
    if (bcc !== null) {
      this.#flush();
      this.#unit = (bcc[1] ?? '').trim();
    } else if (trace !== null) {
      this.#flush();
      this.#section = {
        ...(trace[2] === undefined ? {} : { key: trace[2] }),
        ...(trace[1] === '' ? {} : { map: trace[1] ?? '' }),
      };
      this.#unit = /(nsecs|usecs|msecs|ns|us|ms)$/.exec(trace[1] ?? '')?.[1] ?? '';
    } else if (bucket !== undefined) {
      this.#buckets.push(bucket);
      this.#rows++;
    } else this.#between(text, number);
  }

  /** Lines between histograms: times, whose it is, the tool's greeting. */
  #between(text: string, number: number): void {
    if (text.trim() === '') return;
    const section = SECTION.exec(text);
    const start = leadingTime(words(text));
    if (section !== null) {
      this.#sink.passed(number);
      this.#flush();
      const name = (section[1] ?? '').toLowerCase().replace(' ', '_');
      this.#section = { ...this.#section, [name === 'comm' ? 'process' : name]: section[2] ?? '' };
    } else if (this.#blocks.stamp(text, number)) {
      this.#flush();
      this.#time = this.#blocks.next(number);
      this.#seen = new Set();
    } else if (start !== undefined && words(text).length <= start.taken) {
      this.#flush();
      this.#clock ??= undatedClock(this.#sink, start.time, number);
      this.#time = this.#clock.at(start.time);
      this.#sink.passed(number);
      this.#seen = new Set();
    } else if (/^(?:Tracing|Attaching|Attached|Hit Ctrl)/.test(text))
      this.#sink.fact('bpf.tool', text.trim().slice(0, 200), { line: number });
  }

  #flush(): void {
    const buckets = this.#buckets;
    this.#buckets = [];
    if (buckets.length === 0) return;
    this.#histograms++;
    const base: Labels = {
      ...this.#sink.context,
      ...this.#section,
      ...(this.#unit === '' ? {} : { unit: this.#unit }),
    };
    this.#section = {};
    const key = JSON.stringify(base);
    // the same histogram again: the next interval
    if (this.#time === undefined || this.#seen.has(key)) {
      this.#time = this.#blocks.next(buckets[0]?.line);
      this.#seen = new Set();
    }
    this.#seen.add(key);
    this.#push(buckets, base, this.#time);
  }

  #push(buckets: readonly Bucket[], base: Labels, time: number): void {
    let total = 0;
    for (const { lower, upper, count, line } of buckets) {
      total += count;
      const labels = { ...base, lower: String(lower), upper: String(upper) };
      this.#sink.series('bpf.histogram.bucket', labels, { kind: 'gauge', unit: 'count' }).push(time, count, line);
    }
    const line = buckets[0]?.line ?? 0;
    this.#sink.series('bpf.histogram.total', base, { kind: 'gauge', unit: 'count' }).push(time, total, line);
    const factor = SECONDS.get(this.#unit);
    for (const [name, share] of [
      ['p50', 0.5],
      ['p99', 0.99],
    ] as const) {
      const upper = quantile(buckets, total, share);
      if (upper === undefined) continue;
      const hints =
        factor === undefined
          ? ({ kind: 'gauge' } as const)
          : ({ kind: 'gauge', unit: 'seconds', conversion: `× ${factor} (${this.#unit} → s)` } as const);
      this.#sink
        .series(`bpf.histogram.${name}`, base, hints)
        .push(time, Number((upper * (factor ?? 1)).toPrecision(12)), line);
    }
  }

  finish(): void {
    this.#flush();
    if (this.#rows === 0) this.#sink.problem('NO_ROWS');
    this.#sink.fact('bpf.buckets', this.#rows);
    this.#sink.format(`bpf histograms, ${this.#histograms}, ${this.#rows} buckets`);
  }
}

function bucketOf(text: string, line: number): Bucket | undefined {
  const bcc = BCC_ROW.exec(text);
  if (bcc !== null) {
    const lower = Number(bcc[1]);
    return { lower, upper: bcc[2] === undefined ? lower + 1 : Number(bcc[2]) + 1, count: Number(bcc[3]), line };
  }
  const trace = TRACE_ROW.exec(text);
  if (trace === null) return undefined;
  const first = bound(trace[1], Number.NEGATIVE_INFINITY);
  const closed = trace[2] === undefined;
  return {
    lower: first,
    upper: closed ? first + 1 : bound(trace[2], Number.POSITIVE_INFINITY),
    count: Number(trace[3]),
    line,
  };
}

/** bpftrace's K and M are powers of two. */
function bound(text: string | undefined, open: number): number {
  if (text === undefined || text === '...') return open;
  const power = 'KMGTPE'.indexOf(text.at(-1) ?? '');
  return power === -1 ? Number(text) : Number(text.slice(0, -1)) * 1024 ** (power + 1);
}

/** Upper bound of the bucket that holds the quantile. */
function quantile(buckets: readonly Bucket[], total: number, share: number): number | undefined {
  let sum = 0;
  for (const { count, upper } of buckets) {
    sum += count;
    if (total > 0 && sum >= share * total) return Number.isFinite(upper) ? upper : undefined;
  }
  return undefined;
}
