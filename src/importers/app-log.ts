import { redactSecrets } from '../dump/redact.js';
import { levelOf } from '../logs/level.js';
import { readLog, sample } from '../logs/read.js';
import { firstStamp, type Stamp } from '../logs/time.js';
import type { Importer } from './importer.js';

/**
 * Any log whose lines begin with a time stamp, of whatever framework: log4j, Python logging, nginx error log, Postgres,
 * Redis, Rails. Lines without a stamp (stack traces) belong to the entry before them. The message is kept as written,
 * behind the stamp.
 */
export const appLog: Importer = {
  id: 'app-log',
  title: 'Application log',
  format: { reference: 'https://docs.lnav.org/en/latest/formats.html', versions: 'any line that begins with a time' },
  sniff(head) {
    const lines = sample(head);
    if (lines.length === 0) return 0;
    let stamped = 0;
    let levelled = 0;
    let tabular = 0;
    let secrets = 0;
    for (const line of lines) {
      if (/^[{[]\s{0,3}["{[]/.test(line)) continue;
      const stamp = firstStamp(line);
      if (stamp && behind(line, stamp) !== '') {
        stamped++;
        // a stamp followed by nothing but numbers is a table of measurements
        if (/^[\s,;|"]{0,4}(?:[-+.\dNaInf]{1,30}(?:[\s,;|"]{1,8}|$)){1,200}$/.test(line.slice(stamp.end, 400))) tabular++;
      }
      if (levelOf(line) !== 'line') levelled++;
      secrets += redactSecrets(line).count;
    }
    const free = (stamped - tabular) / lines.length;
    if (free > 0) return Math.min(0.55, 0.15 + 0.3 * free + 0.1 * (levelled / lines.length));
    // text without times that carries secrets is read all the same, so that they are found
    return secrets > 0 ? 0.31 : 0;
  },
  async read(file, sink) {
    await readLog(file, sink, (text) => {
      const stamp = firstStamp(text);
      return stamp ? { stamp, message: `${before(text, stamp.start)} ${behind(text, stamp)}`.trim() } : undefined;
    });
    sink.format('timestamped lines');
  },
};

/** What stands before the stamp, without the bracket that opens it. */
function before(text: string, start: number): string {
  return text.slice(0, start).replace(/[\s[(<"']{1,4}$/, '');
}

function behind(text: string, stamp: Stamp): string {
  return text
    .slice(stamp.end)
    .replace(/^[\]\s:,|)-]{1,8}/, '')
    .trimEnd();
}
