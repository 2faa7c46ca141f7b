import type { Labels } from '../types/series.js';
import type { Importer, Sink } from './importer.js';
import { BlockClock } from './tools/clock.js';
import { isTree } from './tools/sysstat-tree.js';
import { bytesOf, labelsOf, numberOf, words } from './tools/text.js';

const LINK = /^(\d{1,6}): ([^\s:@]{1,40})(?:@[^\s:]{1,40})?: <([^>]{0,300})> mtu (\d{1,7})/;
const HEAD = /^\s{1,12}([RT])X(?: (errors))?:\s{1,4}(.{1,200})$/;

/** Column of ip → column of /proc/net/dev; others keep ip's word under a name of their own. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['bytes', 'bytes'],
  ['packets', 'packets'],
  ['errors', 'errs'],
  ['dropped', 'drop'],
  ['fifo', 'fifo'],
  ['frame', 'frame'],
  ['mcast', 'multicast'],
  ['carrier', 'carrier'],
  ['collsns', 'colls'],
]);

/**
 * `ip -s link`: interfaces with their counters (text or `-j` JSON).
 *
 * ```
 * 2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP mode DEFAULT group default qlen 1000
 *     link/ether fa:16:3e:1f:96:bd brd ff:ff:ff:ff:ff:ff
 *     RX: bytes  packets  errors  dropped overrun mcast
 *     778213169  232487   0       0       0       0
 *     TX: bytes  packets  errors  dropped carrier collsns
 *     30274591   169937   0       0       0       0
 * ```
 * With `-s -s` further lines `RX errors: length crc frame fifo overrun`. Newer versions write missed for overrun.
 */
export const ipLink: Importer = {
  id: 'ip-link',
  title: 'ip -s link',
  format: { reference: 'https://man7.org/linux/man-pages/man8/ip-link.8.html', versions: 'iproute2 2.6 and later' },
  sniff({ lines, text }) {
    if (/^\s{0,10}\[\s{0,10}\{\s{0,10}"ifindex"/.test(text)) return text.includes('"stats') ? 0.97 : 0.6;
    const start = lines.slice(0, 60);
    if (!start.some((line) => LINK.test(line))) return 0;
    return start.some((line) => HEAD.test(line)) ? 0.97 : 0.6;
  },
  async read(file, sink) {
    const clock = new BlockClock(sink);
    const json = file.head.text.trimStart().startsWith('[');
    const links = json ? readJson(await file.text(), sink, clock) : await readText(file.lines(), sink, clock);
    if (links === 0) sink.problem('NO_ROWS');
    sink.fact('link.count', links);
    sink.format(`ip -s link${json ? ' -j' : ''}, ${links} links`);
  },
};

async function readText(lines: AsyncIterable<string>, sink: Sink, clock: BlockClock): Promise<number> {
  let labels: Labels = {};
  let seen = new Set<string>();
  let head: readonly string[] = [];
  let direction = '';
  let time = 0;
  let links = 0;
  for await (const [line, number] of unfolded(lines)) {
    if (clock.stamp(line, number)) {
      seen = new Set();
      continue;
    }
    const link = LINK.exec(line);
    const columns = HEAD.exec(line);
    if (link !== null) {
      const device = link[2] ?? '';
      if (seen.has(device)) seen = new Set();
      if (seen.size === 0) time = clock.next(number);
      seen.add(device);
      labels = labelsOf([...Object.entries(sink.context), ['device', device]]);
      head = [];
      links++;
      describe(sink, line, link, labels, number);
    } else if (columns !== null) {
      direction = columns[1] === 'R' ? 'receive' : 'transmit';
      head = words(columns[3] ?? '');
    } else if (/^\s{1,8}(?:link\/|altname |inet6? |vlan |vxlan |veth|bridge|bond)/.test(line)) sink.passed(number);
    else if (head.length > 0 && links > 0) {
      statistics(sink, words(line), head, { direction, labels, time, number });
      head = [];
    }
  }
  return links;
}

/** Lines and their numbers; `-o` prints a link in one line, with a backslash for each end of a line. */
async function* unfolded(lines: AsyncIterable<string>): AsyncGenerator<[text: string, line: number]> {
  let number = 0;
  for await (const line of lines) {
    number++;
    if (LINK.test(line) && line.includes('\\    ')) for (const part of line.split('\\')) yield [part, number];
    else yield [line, number];
  }
}

interface At {
  readonly direction: string;
  readonly labels: Labels;
  readonly time: number;
  readonly number: number;
}

/** The numbers under a head. */
function statistics(sink: Sink, cells: readonly string[], head: readonly string[], at: At): void {
  const { direction, labels, time, number } = at;
  if (cells.length < head.length) sink.problem('SHORT_ROW', { expected: head.length, found: cells.length }, number);
  else for (const [i, column] of head.entries()) push(sink, direction, column, cells[i] ?? '', labels, time, number);
}

function describe(sink: Sink, line: string, link: RegExpExecArray, labels: Labels, number: number): void {
  sink.fact('link.mtu', Number(link[4]), { labels, line: number });
  sink.fact('link.flags', link[3] ?? '', { labels, line: number });
  const cells = words(line);
  for (const key of ['qdisc', 'state', 'qlen', 'master']) {
    const value = cells[cells.indexOf(key) + 1];
    if (cells.includes(key) && value !== undefined)
      sink.fact(`link.${key}`, key === 'qlen' && /^\d+$/.test(value) ? Number(value) : value, { labels, line: number });
  }
}

function push(
  sink: Sink,
  direction: string,
  column: string,
  cell: string,
  labels: Labels,
  time: number,
  number: number,
): void {
  const plain = numberOf(cell);
  // with -h numbers carry a suffix: decimal for packets, and ip uses powers of 1000
  const value = Number.isNaN(plain)
    ? bytesOf(cell.replace(/[KMGT]$/, '')) * (SUFFIX.get(cell.at(-1) ?? '') ?? 1)
    : plain;
  if (Number.isNaN(value)) {
    sink.problem('BAD_NUMBER', { found: cell }, number);
    return;
  }
  const known = NAMES.get(column);
  const name = known === undefined ? `ip.link.${direction}_${column}` : `proc.net.dev.${direction}_${known}`;
  sink.series(name, labels, { kind: 'counter' }).push(time, value, number);
}

const SUFFIX: ReadonlyMap<string, number> = new Map([
  ['K', 1e3],
  ['M', 1e6],
  ['G', 1e9],
  ['T', 1e12],
]);

const JSON_NAMES: ReadonlyMap<string, string> = new Map([
  ['multicast', 'mcast'],
  ['collisions', 'collsns'],
  ['carrier_errors', 'carrier'],
  ['over_errors', 'overrun'],
]);

function readJson(text: string, sink: Sink, clock: BlockClock): number {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch (error) {
    sink.problem('UNREADABLE', { reason: error instanceof Error ? error.message : 'not JSON' });
    return 0;
  }
  if (!Array.isArray(root)) return 0;
  const time = clock.next();
  let links = 0;
  for (const link of root as readonly unknown[]) {
    if (!isTree(link)) continue;
    pushJson(sink, link, time);
    links++;
  }
  return links;
}

function pushJson(sink: Sink, link: Readonly<Record<string, unknown>>, time: number): void {
  const { ifname, mtu, operstate, stats64, stats = stats64 } = link;
  const labels = labelsOf([
    ...Object.entries(sink.context),
    ['device', typeof ifname === 'string' ? ifname : undefined],
  ]);
  if (typeof mtu === 'number') sink.fact('link.mtu', mtu, { labels });
  if (typeof operstate === 'string') sink.fact('link.state', operstate, { labels });
  for (const [direction, values] of isTree(stats) ? Object.entries(stats) : []) {
    const way = direction === 'rx' ? 'receive' : 'transmit';
    for (const [key, value] of isTree(values) ? Object.entries(values) : [])
      if (typeof value === 'number') push(sink, way, JSON_NAMES.get(key) ?? key, String(value), labels, time, 0);
  }
}
