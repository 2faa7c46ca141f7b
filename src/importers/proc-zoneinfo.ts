import { labelled } from '../proc/labels.js';
import { eachLine, firstLine, numberOf } from '../proc/snapshot.js';
import type { Labels } from '../types/series.js';
import type { Importer } from './importer.js';

const HEADER = /^Node (\d+), zone +(\S+)$/;
const LINE = /^ +(?:pages )?(free|boost|min|low|high|promo|spanned|present|managed) +(\S+)$/;
const NAMED = /^[\w ():%-]+$/;
const NUMBER = /[\w ():%-][: ]-?\d{1,20}$/;
const HEAD = /^(?:[\w -]+:?|protection: \([\d, ]*\))$/;
const PAGES = { kind: 'gauge', unit: 'pages' } as const;

/**
 * `/proc/zoneinfo`: free pages and watermarks of every zone. Per-node and per-CPU counts below are in `/proc/vmstat` too
 * and are left out. `boost` since 5.14, `promo` since 6.1.
 *
 *     Node 0, zone      DMA
 *       pages free     3832
 *             min      68
 */
export const procZoneinfo = {
  id: 'proc-zoneinfo',
  title: 'watermarks of memory zones (/proc/zoneinfo)',
  format: { reference: 'https://man7.org/linux/man-pages/man5/proc_zoneinfo.5.html', versions: 'Linux 2.6–6.x' },
  sniff: ({ lines }) =>
    HEADER.test(firstLine(lines)) &&
    lines.slice(1, 80).some((line) => /^ +(pages free|per-node stats|min +\d+$)/.test(line))
      ? 0.97
      : 0,
  read: async (file, sink) => {
    let labels: Labels = sink.context;
    let pageset = false;
    await eachLine(file, sink, (text, line, time) => {
      const header = HEADER.exec(text);
      if (header !== null) {
        labels = labelled.with(labelled.with(sink.context, 'numa_node', header[1]!), 'zone', header[2]!);
        pageset = false;
        return;
      }
      // `high:` of the per-CPU lists is another thing than the watermark
      if (text.trimStart().startsWith('pagesets')) pageset = true;
      const match = pageset ? null : LINE.exec(text.trimEnd());
      const value = numberOf(match?.[2]);
      if (match !== null && value === undefined) sink.problem('BAD_NUMBER', { found: match[2]! }, line);
      else if (match === null && !pageset && !isOther(text.trim()))
        sink.problem('BAD_LINE', { expected: 'a name and a number of pages', found: text }, line);
      if (match !== null && value !== undefined)
        sink.series(`proc.zoneinfo.${match[1]!}`, labels, PAGES).push(time, value, line);
    });
  },
} as const satisfies Importer;

/** A number under a name, or a head: all other lines of the file look so. */
function isOther(line: string): boolean {
  return HEAD.test(line) || (NAMED.test(line) && NUMBER.test(line));
}
