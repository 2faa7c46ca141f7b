import type { Labels } from '../types/series.js';
import type { Importer, SeriesHints, Sink } from './importer.js';
import { byLines } from './tools/lines.js';
import { exact } from './tools/sysstat.js';
import { labelsOf, roundingOf } from './tools/text.js';

const STAMP = /^\[(\d{9,11}\.\d{1,9})\]\s/;
const HEAD = /^PING6? (\S{1,253}) (?:\(|[\d.:a-f]|56)/;
const REPLY =
  /^\d{1,6} bytes from (.{1,253}?): (?:icmp_)?seq=(\d{1,9})\b.{0,60}?\btime[=<]{1,2}(\d{1,9}(?:\.\d{1,9})?) ?ms(.{0,20})$/;
const NO_ANSWER = /^(?:no answer yet for icmp_seq=|Request timeout for icmp_seq |From .{1,253}? icmp_seq=)(\d{1,9})/;
const SUMMARY = /^(\d{1,9}) packets transmitted, (\d{1,9}) (?:packets )?received\b/;
const REST = /^(?:--- .{1,253} ping statistics ---|(?:rtt|round-trip) min\/|\d{1,9}\/\d{1,9} packets|pipe \d|\^C)/;

/** `icmp_seq` has 16 bits. */
const WRAP = 65_536;

const RTT: SeriesHints = { kind: 'gauge', unit: 'seconds', conversion: '× 0.001 (ms → s)' };
const COUNTER: SeriesHints = { kind: 'counter', unit: 'packets' };

/**
 * `ping`: round trips to one peer, with `-D` on the wall clock, else one a second from an unknown start.
 *
 *     PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.
 *     [1714989600.123456] 64 bytes from 10.0.0.2: icmp_seq=1 ttl=63 time=0.412 ms
 *     [1714989602.125001] 64 bytes from 10.0.0.2: icmp_seq=3 ttl=63 time=0.398 ms
 *
 * Sequence numbers that are left out are lost packets; they are counted when the next answer comes. Answers that come
 * late or twice are counted apart. The totals of the last lines are facts.
 */
export const ping: Importer = {
  id: 'ping',
  title: 'ping',
  format: { reference: 'https://man7.org/linux/man-pages/man8/ping.8.html', versions: 'iputils, busybox, macOS' },
  sniff({ lines }) {
    const start = lines.slice(0, 40).map((line) => line.replace(STAMP, ''));
    const replies = start.some((line) => REPLY.test(line) || NO_ANSWER.test(line));
    if (start.some((line) => HEAD.test(line))) return replies || start.some((line) => SUMMARY.test(line)) ? 0.98 : 0.5;
    return start.some((line) => REPLY.test(line)) ? 0.98 : 0;
  },
  read: byLines((sink) => new Reader(sink)),
};

class Reader {
  readonly #sink: Sink;
  #labels: Labels;
  #stamped: boolean | undefined;
  /** Sequence number expected last, counted on past its overflows. */
  #last: number | undefined;
  #received = 0;
  #lost = 0;
  #late = 0;
  #duplicates = 0;
  #answers = 0;

  constructor(sink: Sink) {
    this.#sink = sink;
    this.#labels = sink.context;
  }

  line(padded: string, number: number): void {
    const text = padded.trimEnd();
    if (text === '') return;
    const stamp = STAMP.exec(text);
    const body = stamp === null ? text : text.slice(stamp[0].length);
    const reply = REPLY.exec(body);
    const silent = reply === null ? NO_ANSWER.exec(body) : null;
    if (reply !== null) this.#reply(reply, stamp?.[1], number);
    else if (silent !== null) this.#silent(body, Number(silent[1]), stamp?.[1], number);
    else this.#frame(body, number);
  }

  #frame(body: string, number: number): void {
    const head = HEAD.exec(body);
    const summary = SUMMARY.exec(body);
    if (head !== null) {
      this.#labels = labelsOf([...Object.entries(this.#sink.context), ['peer', head[1]]]);
      this.#last = undefined;
      this.#received = this.#lost = this.#late = this.#duplicates = 0;
      this.#sink.passed(number);
    } else if (summary !== null) {
      const options = { labels: this.#labels, unit: 'packets', line: number } as const;
      this.#sink.fact('ping.transmitted', Number(summary[1]), options);
      this.#sink.fact('ping.received', Number(summary[2]), options);
    } else if (REST.test(body)) this.#sink.passed(number);
    else this.#sink.problem('BAD_LINE', { expected: 'a line of ping', found: body }, number);
  }

  #reply([, from = '', seq = '', ms = '', rest = '']: RegExpExecArray, stamp: string | undefined, line: number): void {
    if (this.#labels['peer'] === undefined)
      this.#labels = labelsOf([...Object.entries(this.#sink.context), ['peer', from.split(' (', 1)[0]!]]);
    const at = this.#sequence(Number(seq));
    const time = this.#time(stamp, at, line);
    this.#answers++;
    const twice = rest.includes('DUP');
    const late = this.#last !== undefined && at <= this.#last;
    if (twice) return this.#count('ping.duplicates', ++this.#duplicates, time, line);
    if (late) return this.#count('ping.late', ++this.#late, time, line);
    if (this.#last !== undefined) this.#lost += at - this.#last - 1;
    this.#last = at;
    this.#received++;
    const hints = { ...RTT, rounding: roundingOf(ms) * 0.001 };
    this.#sink.series('ping.rtt', this.#labels, hints).push(time, exact(Number(ms) * 0.001), line);
    this.#count('ping.received', this.#received, time, line);
    this.#count('ping.lost', this.#lost, time, line);
  }

  #count(name: string, value: number, time: number, line: number): void {
    this.#sink.series(name, this.#labels, COUNTER).push(time, value, line);
  }

  #silent(message: string, seq: number, stamp: string | undefined, line: number): void {
    const time = this.#time(stamp, this.#sequence(seq), line);
    this.#sink.event({ time, kind: 'ping.no-answer', labels: this.#labels, message, line });
  }

  /** A sequence number, continued past 65,535. */
  #sequence(seq: number): number {
    const last = this.#last ?? seq;
    return seq + Math.round((last - seq) / WRAP) * WRAP;
  }

  #time(stamp: string | undefined, sequence: number, line: number): number {
    if (this.#stamped === undefined) {
      this.#stamped = stamp !== undefined;
      this.#sink.clock({ kind: this.#stamped ? 'utc' : 'relative' });
      if (!this.#stamped) this.#sink.problem('RELATIVE_TIMES', {}, line);
    }
    // one answer without its stamp among others has no place in time
    if (!this.#stamped) return sequence * 1000;
    return stamp === undefined ? Number.NaN : Math.round(Number(stamp) * 1000);
  }

  finish(): void {
    if (this.#answers === 0) this.#sink.problem('NO_ROWS');
    this.#sink.format(`ping${this.#stamped === true ? ' -D' : ''}, ${this.#answers} answers`);
  }
}
