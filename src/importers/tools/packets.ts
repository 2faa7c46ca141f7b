import type { SeriesWriter, Sink } from '../importer.js';

/** What the text that a tool prints of a packet tells, and the series that counts it. */
const MARKS: readonly (readonly [string, RegExp])[] = [
  ['capture.retransmissions', /\[TCP (?:Fast |Spurious )?Retransmission\]/],
  ['capture.duplicate_acks', /\[TCP Dup ACK/],
  ['capture.zero_windows', /\[TCP ZeroWindow\]/],
  ['capture.resets', /\[RST(?:, ACK)?\]/],
];

/** Names of the marks in a packet's summary as Wireshark writes it. */
export function marksOf(info: string): string[] {
  return MARKS.filter(([, pattern]) => pattern.test(info)).map(([name]) => name);
}

/** Counts the packets of a capture by protocol: one growing counter for each thing counted. */
export class PacketCounter {
  readonly #sink: Sink;
  readonly #counters = new Map<string, { readonly writer: SeriesWriter; total: number }>();
  packets = 0;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  /** Counts one packet; @param marks names of series beside `capture.packets` that it counts for */
  packet(time: number, protocol: string, marks: readonly string[], line: number): void {
    this.packets++;
    this.add('capture.packets', 1, 'packets', protocol, time, line);
    for (const name of marks) this.add(name, 1, 'packets', protocol, time, line);
  }

  add(name: string, amount: number, unit: 'packets' | 'bytes', protocol: string, time: number, line: number): void {
    const key = `${name}\n${protocol}`;
    let counter = this.#counters.get(key);
    if (counter === undefined) {
      const writer = this.#sink.series(name, { protocol }, { kind: 'counter', unit });
      this.#counters.set(key, (counter = { writer, total: 0 }));
    }
    counter.total += amount;
    counter.writer.push(time, counter.total, line);
  }
}
