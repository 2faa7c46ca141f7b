import type { Importer, Sink } from './importer.js';
import { BlockClock } from './tools/clock.js';
import { kernelCounter, pushSnapshots } from './tools/counters.js';
import { counterOf, isProtocol, spell } from './tools/netstat-words.js';

interface Block {
  readonly time: number;
  readonly values: Map<string, { value: number; line: number }>;
}

const SECTION = /^([A-Z][A-Za-z]{1,9}6?):\s*$/;

/**
 * `netstat -s`: the kernel's SNMP counters as English sentences by section.
 *
 * ```
 * Tcp:
 *     1648 active connections openings
 *     428 segments retransmited
 * TcpExt:
 *     12 times the listen queue of a socket overflowed
 *     TCPRcvCoalesce: 6072
 * ```
 * The number stands anywhere in the sentence. Counters of 0 are often left out, so an absent one is unknown.
 */
export const netstatStatistics: Importer = {
  id: 'netstat-statistics',
  title: 'netstat -s',
  format: {
    reference: 'https://github.com/ecki/net-tools/blob/master/statistics.c',
    versions: 'net-tools 1.60 to 2.10, busybox',
  },
  sniff(head) {
    let section = '';
    let known = 0;
    for (const line of head.lines.slice(0, 200)) {
      const name = SECTION.exec(line)?.[1];
      if (name !== undefined) section = isProtocol(name) ? name : '';
      else if (section !== '' && sentenceOf(line) !== undefined && /^\s/.test(line)) {
        if (counterOf(section, sentenceOf(line)?.sentence ?? '') !== undefined) known++;
      }
    }
    return known > 4 ? 0.97 : known > 0 ? 0.8 : 0;
  },
  async read(file, sink) {
    const blocks: Block[] = [];
    const clock = new BlockClock(sink);
    let open: Block | undefined;
    let section = '';
    let direction = '';
    let number = 0;
    for await (const line of file.lines()) {
      number++;
      if (clock.stamp(line, number)) open = undefined;
      const name = SECTION.exec(line)?.[1];
      if (name !== undefined && isProtocol(name)) {
        section = name;
        direction = '';
        continue;
      }
      if (section === '' || !/^\s/.test(line)) continue;
      if (/histogram/i.test(line)) direction = /input/i.test(line) ? 'in ' : 'out ';
      const entry = sentenceOf(line);
      if (entry === undefined) {
        report(sink, line, number);
        continue;
      }
      if (!/^\s{5,}|^\t\t/.test(line)) direction = '';
      const key = keyOf(section, direction, entry.sentence);
      if (open === undefined || open.values.has(key)) {
        open = { time: clock.next(number), values: new Map() };
        blocks.push(open);
      }
      open.values.set(key, { value: entry.value, line: number });
    }
    finish(sink, blocks);
  },
};

/** Sentences without a number; headings end with a colon. */
function report(sink: Sink, line: string, number: number): void {
  const found = line.trim();
  if (found !== '' && !found.endsWith(':'))
    sink.problem('BAD_LINE', { expected: 'a sentence with a number', found }, number);
}

function finish(sink: Sink, blocks: readonly Block[]): void {
  pushSnapshots(sink, blocks, sink.context);
  const counters = new Set(blocks.flatMap((block) => [...block.values.keys()])).size;
  sink.fact('netstat.counters', counters);
  sink.format(`netstat -s, ${counters} counters, ${blocks.length} snapshots`);
  if (counters === 0) sink.problem('NO_ROWS', {});
}

/** The sentence with `#` for its first number, and the number. */
function sentenceOf(line: string): { sentence: string; value: number } | undefined {
  const text = line.trim();
  if (text.length > 200) return undefined;
  const forwarding = /^Forwarding: (enabled|disabled|is (?:on|off))/i.exec(text);
  if (forwarding !== null) return { sentence: 'forwarding: #', value: /enabled|on/.test(forwarding[1] ?? '') ? 1 : 2 };
  const parts = /(?<![\w.-])\d{1,20}(?![\w.])|(?<=\s)\d{1,20}\.?$/.exec(text);
  if (parts === null) return undefined;
  const sentence = `${text.slice(0, parts.index)}#${text.slice(parts.index + parts[0].length)}`;
  return { sentence, value: Number.parseInt(parts[0], 10) };
}

function keyOf(section: string, direction: string, sentence: string): string {
  const plain = /^([A-Za-z][A-Za-z0-9]{1,60}): #$/.exec(sentence)?.[1];
  const counter = counterOf(section, direction === '' ? sentence : `${direction}${sentence}`);
  if (counter !== undefined) return kernelCounter(section + counter) ?? `netstat.${section}.${counter}`;
  if (plain !== undefined && direction === '') return kernelCounter(section + plain) ?? `netstat.${section}.${plain}`;
  if (plain !== undefined && section.startsWith('Icmp')) return kernelCounter(`IcmpMsg${plain}`) ?? plain;
  const words = spell(sentence)
    .split('#')
    .map((part) => part.trim());
  return `netstat.${section}.${direction}${words.join(' ').trim()}`;
}
