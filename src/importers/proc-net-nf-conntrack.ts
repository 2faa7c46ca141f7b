import { labelled } from '../proc/labels.js';
import { eachLine, firstLine } from '../proc/snapshot.js';
import type { Importer } from './importer.js';

/** Last line of `conntrack -L`. */
const SUMMARY = /^conntrack v[\d.]{1,10} \(conntrack-tools\): \d{1,10} flow entries/;
const LINE = /^(?:ipv[46] +\d+ +)?(tcp|udp|icmp|icmpv6|sctp|dccp|udplite|gre|unknown) +\d+ +\d+ (?:([A-Z_0-9]+) )?src=/;
const HINTS = { kind: 'gauge', unit: 'connections' } as const;

/**
 * `/proc/net/nf_conntrack` (or `ip_conntrack`, `conntrack -L`): every tracked connection, counted by protocol and by TCP
 * state. Addresses are not kept.
 *
 *     ipv4     2 tcp      6 431999 ESTABLISHED src=… dst=… sport=… dport=… src=… [ASSURED] mark=0 use=2
 */
export const procNetNfConntrack = {
  id: 'proc-net-nf-conntrack',
  title: 'tracked connections (/proc/net/nf_conntrack, conntrack -L)',
  format: { reference: 'https://man7.org/linux/man-pages/man8/conntrack.8.html', versions: 'Linux 2.6–6.x' },
  sniff: ({ lines }) => (LINE.test(firstLine(lines)) ? 0.97 : 0),
  read: async (file, sink) => {
    let total = 0;
    let unreplied = 0;
    let protocols = new Map<string, number>();
    let states = new Map<string, number>();
    const flush = (time: number): void => {
      const put = (name: string, value: number, labels = sink.context): void =>
        sink.series(`proc.net.nf_conntrack.${name}`, labels, HINTS).push(time, value);
      put('entries', total);
      put('unreplied', unreplied);
      for (const [protocol, count] of protocols)
        put('by_protocol', count, labelled.with(sink.context, 'protocol', protocol));
      for (const [state, count] of states) put('by_state', count, labelled.with(sink.context, 'state', state));
      total = unreplied = 0;
      protocols = new Map();
      states = new Map();
    };
    await eachLine(
      file,
      sink,
      (text, line) => {
        if (SUMMARY.test(text)) return;
        const match = LINE.exec(text);
        if (match === null)
          return sink.problem('BAD_LINE', { expected: 'a connection', found: text.slice(0, 20) }, line);
        total++;
        if (text.includes('[UNREPLIED]')) unreplied++;
        protocols.set(match[1]!, (protocols.get(match[1]!) ?? 0) + 1);
        if (match[2] !== undefined) states.set(match[2], (states.get(match[2]) ?? 0) + 1);
      },
      { flush },
    );
  },
} as const satisfies Importer;
