import { readTime } from '../table/times.js';
import type { FileClock, Importer, Sink } from './importer.js';
import { marksOf, PacketCounter } from './tools/packets.js';

const DAY = 86_400_000;
const STAMP = String.raw`(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3,9}|\d\d:\d\d:\d\d\.\d{3,9}|\d{1,10}\.\d{3,9})`;
/** `10:00:00.123456 IP a.80 > b.51234: Flags [S], …`, with the interface behind the time when all are listened to. */
const TCPDUMP = new RegExp(
  String.raw`^\s{0,8}${STAMP}(?: \S{1,16} {1,3}(?:In|Out|B|M|P) {0,2})? (IP6?|ARP,?|[A-Z][\w.-]{1,20},?)(?= )(.*)$`,
);
/** Second line of `tcpdump -v`. */
const VERBOSE = /^ {2,8}(\S{1,80} > \S{1,80}: .*)$/;
const FLOW = /^\s?(?:\([^)]{0,300}\) )?(\S{1,80}) > (\S{1,80}): (.*)$/;
/** `12 0.200000 10.0.0.9 → 10.0.1.7 TCP 74 80 → 51234 [SYN] …`; old versions leave out the number. */
const TSHARK = new RegExp(
  String.raw`^\s*(?:\d{1,10}\s+)?${STAMP}\s+(\S{1,80}) (?:→|->|\?) (\S{1,80})\s+(\S{1,30})\s+(\d{1,9})\s(.*)$`,
);
/** The summary that Wireshark exports as plain text: the same columns without an arrow. */
const WIRESHARK = new RegExp(
  String.raw`^\s*\d{1,10}\s+${STAMP}\s+(?=\S{0,80}[.:])(\S{1,80})\s+(?=\S{0,80}[.:])(\S{1,80})\s+([A-Z]\S{0,30})\s+(\d{1,9})\s(.*)$`,
);
const NOISE =
  /^(?:tcpdump: |No\.\s+Time\s|reading from file |listening on |Capturing on |dropped privs |Running as user |\s*\d{1,12} packets? (?:captured|received by filter|dropped by (?:kernel|interface)))/;
const DROPPED = /^(\d{1,12}) packets? dropped by kernel/;
const FLOWS = 20_000;

/**
 * Packets as `tcpdump` and `tshark` print them, with any form of time (`-tt`, `-tttt`, `-t ad`). Counted by protocol:
 * packets, resets, closed windows, connection requests, and what was sent again: marked by tshark, for tcpdump told by
 * sequence numbers seen before in the same direction. Nothing of the payload is kept.
 *
 *     10:00:00.123456 IP 10.0.0.9.51234 > 10.0.1.7.80: Flags [S], seq 1, win 64240, length 0
 *         1   0.000000     10.0.0.9 → 10.0.1.7     TCP 74 51234 → 80 [SYN] Seq=0 Win=64240 Len=0
 */
export const captureText: Importer = {
  id: 'capture-text',
  title: 'Packets printed by tcpdump or tshark',
  format: { reference: 'https://www.tcpdump.org/manpages/tcpdump.1.html', versions: 'tcpdump 4, tshark 1–4' },
  sniff({ lines, complete }) {
    const start = (complete ? lines : lines.slice(0, -1)).filter((line) => line.trim() !== '').slice(0, 60);
    const flows = start.filter((line) => isPacket(line)).length;
    const known = start.filter((line) => isPacket(line) || TCPDUMP.test(line) || /^\s/.test(line) || NOISE.test(line));
    return flows === 0 || start.length === 0 ? 0 : (0.97 * known.length) / start.length;
  },
  async read(file, sink) {
    const reader = new Reader(sink);
    let number = 0;
    for await (const line of file.lines()) reader.line(line, ++number);
    reader.finish();
  },
};

function isPacket(line: string): boolean {
  if (TSHARK.test(line) || WIRESHARK.test(line) || VERBOSE.test(line)) return true;
  const packet = TCPDUMP.exec(line);
  return packet !== null && (FLOW.test(packet[3]!) || /^ARP/.test(packet[2]!));
}

class Reader {
  readonly #sink: Sink;
  readonly #counter: PacketCounter;
  /** Highest sequence number seen by flow, and the connection requests. */
  readonly #seen = new Map<string, number>();
  #clock: FileClock | undefined;
  #last = 0;
  #days = 0;
  /** Time of a packet whose addresses are on the next line. */
  #open: number | undefined;

  constructor(sink: Sink) {
    this.#sink = sink;
    this.#counter = new PacketCounter(sink);
  }

  line(text: string, number: number): void {
    const tshark = TSHARK.exec(text) ?? WIRESHARK.exec(text);
    const tcpdump = tshark === null ? TCPDUMP.exec(text) : null;
    const second = VERBOSE.exec(text);
    if (tshark !== null) this.#tshark(tshark, number);
    else if (tcpdump !== null) this.#tcpdump(tcpdump, number);
    else if (second !== null && this.#open !== undefined) this.#packet(this.#open, 'IP', second[1]!, number);
    else if (DROPPED.test(text))
      this.#sink.fact('capture.dropped', Number(DROPPED.exec(text)![1]), { unit: 'packets', line: number }); // prettier-ignore
    else if (text.trim() === '' || /^\s/.test(text) || NOISE.test(text)) this.#sink.passed(number);
    else this.#sink.problem('BAD_LINE', { expected: 'a packet', found: text }, number);
  }

  #tshark([, stamp = '', , , protocol = '', length = '', info = '']: RegExpExecArray, line: number): void {
    const time = this.#time(stamp, true, line);
    this.#counter.packet(time, protocol, marksOf(info), line);
    this.#counter.add('capture.bytes', Number(length), 'bytes', protocol, time, line);
  }

  #tcpdump([, stamp = '', head = '', rest = '']: RegExpExecArray, line: number): void {
    const time = this.#time(stamp, false, line);
    this.#open = FLOW.test(rest) || head.startsWith('ARP') ? undefined : time;
    if (this.#open === undefined) this.#packet(time, head.replace(',', ''), rest, line);
    else this.#sink.passed(line);
  }

  #packet(time: number, head: string, rest: string, line: number): void {
    this.#open = undefined;
    const flow = FLOW.exec(rest);
    const told = flow?.[3] ?? '';
    const flags = /^Flags \[([^\]]{0,12})\]/.exec(told)?.[1];
    if (flow === null || flags === undefined) {
      const named = /^(?:[\w.]{0,20} )?(UDP|ICMP6?|ICMP|SCTP|ESP|VXLAN|GRE)\b/.exec(told)?.[1];
      const query = /^\d{1,5}[+%*|$-]{0,6} /.test(told) ? 'DNS' : 'other';
      return this.#counter.packet(time, named ?? (flow === null ? head : query), [], line);
    }
    const marks = this.#marks(`${flow[1]!} ${flow[2]!}`, flags, told);
    this.#counter.packet(time, 'TCP', marks, line);
    const length = Number(/, length (\d{1,9})/.exec(told)?.[1]);
    if (Number.isFinite(length)) this.#counter.add('capture.payload', length, 'bytes', 'TCP', time, line);
  }

  #marks(flow: string, flags: string, told: string): string[] {
    const marks: string[] = [];
    const syn = flags.includes('S') && !flags.includes('.');
    if (flags.includes('R')) marks.push('capture.resets');
    else if (!flags.includes('S') && /, win 0(?:,|$)/.test(told)) marks.push('capture.zero_windows');
    if (syn) marks.push('capture.connects');
    if (this.#again(syn ? `${flow} S` : flow, syn, told)) marks.push('capture.retransmissions');
    return marks;
  }

  /** Whether a flow sent what it had sent before; bytes count by the end of their range. */
  #again(key: string, syn: boolean, told: string): boolean {
    const range = /\bseq (\d{1,10})(?::(\d{1,10}))?/.exec(told);
    if (range === null || (!syn && range[2] === undefined)) return false;
    const end = Number(range[2] ?? range[1]);
    const highest = this.#seen.get(key);
    const again = highest !== undefined && (syn ? highest === end : end <= highest && highest - end < 2 ** 31);
    if (!again && (highest !== undefined || this.#seen.size < FLOWS)) this.#seen.set(key, end);
    return again;
  }

  /** Epoch ms; ms since the first packet, or of the day, when the stamp tells no more. */
  #time(stamp: string, relative: boolean, line: number): number {
    const dated = stamp.includes('-') ? readTime(stamp, null) : null;
    const day = stamp.includes(':') && dated === null;
    const seconds = Number(stamp);
    const epoch = !day && dated === null && seconds > 1e8;
    this.#state(dated === null ? (epoch ? 'utc' : 'relative') : 'local', day, line);
    if (dated !== null) return dated.time;
    if (!day) return Math.round(seconds * 1e6) / 1000;
    const [hour, minute, second] = stamp.split(':').map(Number);
    const time = Math.round((hour! * 3600 + minute! * 60 + second!) * 1e6) / 1000;
    // small steps back are packets out of order; a large one is midnight
    if (!relative && time < this.#last - DAY / 2) this.#days++;
    this.#last = time;
    return time + this.#days * DAY;
  }

  #state(kind: 'utc' | 'local' | 'relative', day: boolean, line: number): void {
    if (this.#clock !== undefined) return;
    const clock: FileClock = { kind };
    this.#clock = clock;
    this.#sink.clock(clock);
    if (kind === 'relative') this.#sink.problem(day ? 'NO_DATE' : 'RELATIVE_TIMES', {}, line);
  }

  finish(): void {
    if (this.#counter.packets === 0) this.#sink.problem('NO_ROWS');
    this.#sink.format(`packets as text, ${this.#counter.packets}`);
  }
}
