import type { Labels } from '../types/series.js';
import type { Importer, Sink } from './importer.js';
import { BlockClock } from './tools/clock.js';
import { labelsOf } from './tools/text.js';

/** `eth0: flags=4163<UP,…>  mtu 1500`, or `eth0      Link encap:Ethernet  HWaddr …` of old. */
const NEW = /^([\w.:@-]{1,64}): flags=\d{1,10}<([^>]{0,300})>\s{1,8}mtu (\d{1,7})/;
const OLD = /^([\w.:@-]{1,64})\s{1,20}Link encap:/;
/** `RX packets 12  bytes 34 (34.0 B)`, `RX packets:12 errors:1 dropped:2 …`. */
const COUNTS = /^\s{1,20}(RX|TX) (.*)$/;
const COUNT = /(packets|bytes|errors|dropped|overruns|frame|carrier)[ :](\d{1,20})/g;
const BYTES = /\b(RX|TX) bytes:(\d{1,20})/g;

/** Words of ifconfig → columns of /proc/net/dev, whence they come. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['packets', 'packets'],
  ['bytes', 'bytes'],
  ['errors', 'errs'],
  ['dropped', 'drop'],
  ['overruns', 'fifo'],
  ['frame', 'frame'],
  ['carrier', 'carrier'],
]);

/**
 * `ifconfig`: addresses, and the counters of every interface under the names of /proc/net/dev; net-tools before and after
 * version 2, and busybox, whose form is the old one.
 *
 *     eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500
 *             RX packets 123456  bytes 987654321 (941.9 MiB)
 *             RX errors 1  dropped 22  overruns 3  frame 0
 */
export const ifconfig: Importer = {
  id: 'ifconfig',
  title: 'ifconfig',
  format: { reference: 'https://man7.org/linux/man-pages/man8/ifconfig.8.html', versions: 'net-tools 1.60 to 2.10, busybox' }, // prettier-ignore
  sniff({ lines }) {
    return lines.slice(0, 40).some((line) => NEW.test(line) || OLD.test(line)) ? 0.97 : 0;
  },
  async read(file, sink) {
    const clock = new BlockClock(sink);
    const seen = new Set<string>();
    let labels: Labels | undefined;
    let time: number | undefined;
    let number = 0;
    let links = 0;
    for await (const line of file.lines()) {
      number++;
      if (clock.stamp(line, number)) {
        time = undefined;
        continue;
      }
      const head = NEW.exec(line) ?? OLD.exec(line);
      if (head === null) {
        if (labels !== undefined && time !== undefined) body(sink, line, labels, time, number);
        continue;
      }
      const device = head[1]!;
      if (time === undefined || seen.has(device)) {
        seen.clear();
        time = clock.next(number);
      }
      seen.add(device);
      links++;
      labels = labelsOf([...Object.entries(sink.context), ['device', device]]);
      sink.passed(number);
      if (head[2] !== undefined) sink.fact('link.flags', head[2], { labels, line: number });
      if (head[3] !== undefined) sink.fact('link.mtu', Number(head[3]), { labels, line: number });
    }
    if (links === 0) sink.problem('NO_ROWS');
    sink.format(`ifconfig, ${links} interfaces`);
  },
};

function body(sink: Sink, line: string, labels: Labels, time: number, number: number): void {
  sink.passed(number);
  const push = (way: string, word: string, digits: string): void =>
    sink
      .series(`proc.net.dev.${way === 'RX' ? 'receive' : 'transmit'}_${NAMES.get(word)!}`, labels, {
        kind: 'counter',
        unit: word === 'bytes' ? 'bytes' : 'packets',
      })
      .push(time, Number(digits), number);
  // the old form has both directions in one line
  const both = [...line.matchAll(BYTES)];
  for (const [, way = '', digits = ''] of both) push(way, 'bytes', digits);
  const counts = both.length === 0 ? COUNTS.exec(line) : null;
  if (counts !== null)
    for (const [, word = '', digits = ''] of counts[2]!.matchAll(COUNT)) push(counts[1]!, word, digits);
  const mtu = /\bMTU:(\d{1,7})/.exec(line)?.[1];
  if (mtu !== undefined) sink.fact('link.mtu', Number(mtu), { labels, line: number });
  const queue = /\btxqueuelen[ :](\d{1,9})/.exec(line)?.[1];
  if (queue !== undefined) sink.fact('link.qlen', Number(queue), { labels, line: number });
  const address = /^\s{1,20}inet (?:addr:)?(\d{1,3}(?:\.\d{1,3}){3})\b/.exec(line)?.[1];
  if (address !== undefined) sink.fact('link.address', address, { labels, line: number });
}
