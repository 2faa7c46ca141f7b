import { readLog, share } from '../logs/read.js';
import { syslogLine } from '../logs/syslog-line.js';
import type { Importer } from './importer.js';

const LEGACY = /^(?:<\d{1,4}>)?[A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d{1,9})? \S{1,255} \S/;
const VERSIONED = /^<\d{1,4}>1 \S{1,40} \S{1,255} \S{1,48} /;
const ISO =
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d) [\w.-]{1,255} [\w./@()%+-]{1,128}(?:\[\d{1,10}\])?: /;

/**
 * Syslog files (`/var/log/messages`, `kern.log`, `syslog`).
 *
 *     May  6 10:00:00 node1 kernel: [1694413.621694] nf_conntrack: table full, dropping packet     RFC 3164: no year, no zone
 *     <165>1 2003-08-24T05:14:15.000003-07:00 host app 8710 ID47 [sd@1 k="v"] message              RFC 5424
 *     2024-05-06T10:00:00.123456+08:00 node1 kubelet[812]: message                                 rsyslog, journalctl -o short-iso
 */
export const syslog: Importer = {
  id: 'syslog',
  title: 'Syslog',
  format: { reference: 'https://www.rfc-editor.org/rfc/rfc5424', versions: 'RFC 3164, RFC 5424, rsyslog' },
  sniff(head) {
    const part = share(head, (line) => LEGACY.test(line) || VERSIONED.test(line) || ISO.test(line));
    return part === 0 ? 0 : 0.5 + 0.4 * part;
  },
  async read(file, sink) {
    const grammar = (text: string): ReturnType<typeof syslogLine> =>
      syslogLine(text) ?? (text.startsWith('<') || /^\S/.test(text) ? { message: text } : undefined);
    await readLog(file, sink, grammar);
    sink.format('syslog');
  },
};
