import type { DumpFile } from '../types/dump.js';
import type { Importer, Sink } from './importer.js';
import { BlockClock } from './tools/clock.js';
import { kernelCounter, pushSnapshots } from './tools/counters.js';
import { numberOf, words } from './tools/text.js';

const HEAD = /^#(?:kernel\b|\d{1,20}\.\d{1,20}\b)/;
const NAME = /^(?:Ip|Icmp|Tcp|Udp|MPTcp)[A-Za-z0-9]{1,60}$/;

interface Block {
  readonly time: number;
  readonly values: Map<string, { value: number; line: number }>;
}

/**
 * nstat's text and JSON: the kernel's SNMP counters under one name each.
 *
 * ```
 * #kernel
 * IpInReceives                    265936             0.0
 * TcpExtListenDrops               12                 0.0
 * ```
 * Columns: name, value, rate. Without `-a` values are differences since that user's last run; zeros are left out unless
 * `-z` was given, so an absent counter is unknown, not 0.
 */
export const nstat: Importer = {
  id: 'nstat',
  title: 'nstat (text and JSON)',
  format: {
    reference: 'https://git.kernel.org/pub/scm/network/iproute2/iproute2.git/tree/misc/nstat.c',
    versions: 'iproute2 2.6 and later',
  },
  sniff(head) {
    if (/^\s*\{\s*"kernel"\s*:\s*\{\s*"(?:Ip|Icmp|Tcp|Udp|MPTcp)/.test(head.text.slice(0, 400))) return 0.97;
    const rows = head.lines.slice(0, 60).map(words);
    const named = rows.filter(
      ([name = '', value, rate]) => NAME.test(name) && !Number.isNaN(numberOf(value)) && !Number.isNaN(numberOf(rate)),
    );
    if (named.length === 0) return 0;
    return head.lines.slice(0, 20).some((line) => HEAD.test(line)) ? 0.97 : named.length > 3 ? 0.8 : 0.4;
  },
  async read(file, sink) {
    const blocks = file.head.text.trimStart().startsWith('{') ? await readJson(file, sink) : await readText(file, sink);
    const labels = sink.context;
    const how = pushSnapshots(sink, blocks, labels);
    const counters = new Set(blocks.flatMap((block) => [...block.values.keys()]));
    sink.fact('nstat.counters', counters.size);
    sink.format(`nstat, ${counters.size} counters, ${blocks.length} snapshots, ${how}`);
    if (counters.size === 0) sink.problem('NO_ROWS', {});
    else if (blocks.length === 1) sink.problem('NSTAT_TOTALS_ASSUMED', {});
    if (how === 'differences') sink.problem('NSTAT_DIFFERENCES', {});
  },
};

async function readText(file: DumpFile, sink: Sink): Promise<Block[]> {
  const clock = new BlockClock(sink);
  const blocks: Block[] = [];
  let open: Block | undefined;
  let number = 0;
  for await (const line of file.lines()) {
    number++;
    if (clock.stamp(line, number) || HEAD.test(line)) {
      open = undefined;
      continue;
    }
    const [name = '', cell] = words(line);
    if (!/^[A-Za-z]\w{2,80}$/.test(name) || cell === undefined) continue;
    const value = numberOf(cell);
    if (Number.isNaN(value)) {
      if (NAME.test(name)) sink.problem('BAD_NUMBER', { found: cell }, number);
      continue;
    }
    const key = kernelCounter(name) ?? `nstat.${name}`;
    if (open === undefined || open.values.has(key)) {
      open = { time: clock.next(number), values: new Map() };
      blocks.push(open);
    }
    open.values.set(key, { value, line: number });
  }
  return blocks;
}

async function readJson(file: DumpFile, sink: Sink): Promise<Block[]> {
  const clock = new BlockClock(sink);
  const blocks: Block[] = [];
  let number = 0;
  let text = '';
  const finish = (): void => {
    const values = parse(text);
    if (values !== undefined) blocks.push({ time: clock.next(number), values });
    else if (text.trim() !== '') sink.problem('BAD_JSON', {}, number);
    text = '';
  };
  // one object per run; runs stand on lines of their own
  for await (const line of file.lines()) {
    number++;
    if (text === '' && clock.stamp(line, number)) continue;
    if (line.trimStart().startsWith('{"kernel"') && text.trim() !== '') finish();
    if (text.length < 4_000_000) text += `${line}\n`;
  }
  finish();
  return blocks;
}

function parse(text: string): Block['values'] | undefined {
  try {
    const kernel = (JSON.parse(text) as { kernel?: unknown } | null)?.kernel;
    if (typeof kernel !== 'object' || kernel === null) return undefined;
    const values: Block['values'] = new Map();
    for (const [name, value] of Object.entries(kernel))
      if (typeof value === 'number') values.set(kernelCounter(name) ?? `nstat.${name}`, { value, line: 0 });
    return values;
  } catch {
    return undefined;
  }
}
