import { syslogLine, kernelLine } from '../logs/syslog-line.js';
import { readLog, sample, type Grammar } from '../logs/read.js';
import { stampAt } from '../logs/time.js';
import type { Importer, Sink } from './importer.js';

const HEADER = /^-- (?:Logs begin at|Journal begins at) (.{10,60}?)[,;] ends? at (.{10,60}?)\.? --$/;
const REMARK = /^-- (?:No entries|Reboot|Boot [0-9a-f]{8,32}|.{1,60}) --$/;
/** `-o short-full`: weekday, date, time, zone word. */
const FULL =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{6})? [A-Z+]{1,5}\S{0,5} \S{1,255} \S/;
/** `-o short-monotonic` of a host. */
const MONOTONIC = /^\[ {0,8}(\d{1,10}\.\d{6})\] ([\w.-]{1,255}) ([\w./@()%+-]{1,128})(?:\[(\d{1,10})\])?: /;
const UNIX = /^\d{10}\.\d{6} [\w.-]{1,255} [\w./@()%+-]{1,128}(?:\[\d{1,10}\])?: /;

/**
 * `journalctl` text: syslog lines below a header that gives year and zone, which the lines themselves lack.
 *
 *     -- Logs begin at Fri 2022-02-11 18:58:10 UTC, end at Fri 2022-02-11 19:23:42 UTC. --
 *     Feb 11 19:03:31 node1 systemd[1]: Started Service.
 *     -- Reboot --
 */
export const journalctl: Importer = {
  id: 'journalctl',
  title: 'systemd journal as text (journalctl)',
  format: {
    reference: 'https://www.freedesktop.org/software/systemd/man/latest/journalctl.html',
    versions: 'systemd 219–257; short, short-iso, short-precise, short-full, short-unix, short-monotonic',
  },
  sniff(head) {
    const lines = sample(head);
    if (lines.slice(0, 5).some((line) => HEADER.test(line) || /^-- (?:No entries|Boot [0-9a-f]{32}) --$/.test(line)))
      return 0.97;
    if (oneHost(lines)) return 0.97;
    const full = lines.filter((line) => FULL.test(line) || UNIX.test(line)).length;
    if (full > 0) return 0.5 + (0.45 * full) / lines.length;
    return 0;
  },
  async read(file, sink) {
    let monotonic = false;
    let entries = 0;
    const grammar: Grammar = (text, line, clock) => {
      const header = HEADER.exec(text);
      if (header) {
        const end = stampAt(header[2]!, 0);
        if (end) clock.header(end.time, end.zone === 'utc' ? 'utc' : 'local');
        return null;
      }
      if (REMARK.test(text)) return remark(text, line, sink);
      entries++;
      const m = MONOTONIC.exec(text);
      if (!m) return syslogLine(text);
      if (!monotonic) sink.clock({ kind: 'boot' });
      monotonic = true;
      const labels = { node: m[2]!, program: m[3]!, ...(m[4] === undefined ? {} : { pid: m[4] }) };
      const message = text.slice(m[0].length);
      return { time: Number(m[1]) * 1000, labels, ...(m[3] === 'kernel' ? kernelLine(message) : { message }) };
    };
    await readLog(file, sink, grammar);
    if (entries === 0) sink.problem('NO_ITEMS');
    sink.format('journalctl');
  },
};

/** Monotonic lines look like the kernel's own, but all name the same host, and a program with its pid or the kernel. */
function oneHost(lines: readonly string[]): boolean {
  const found = lines.map((line) => MONOTONIC.exec(line)).filter((m) => m !== null);
  const hosts = new Set(found.map((m) => m[2]));
  return (
    found.length > lines.length / 2 && hosts.size === 1 && found.some((m) => m[3] === 'kernel' || m[4] !== undefined)
  );
}

/** Reboots between two lines of the journal matter; the other remarks do not. */
function remark(text: string, line: number, sink: Sink): null {
  if (/^-- (?:Reboot|Boot )/.test(text)) sink.fact('journal.reboot', true, { line });
  return null;
}
