import { redactSecrets } from '../dump/redact.js';
import { levelOf } from '../logs/level.js';
import { readLog, sample } from '../logs/read.js';
import { firstStamp, type Stamp } from '../logs/time.js';
import type { Importer, Sink } from './importer.js';

const DAY = 86_400_000;
/** A clock without a date, as strace -t and many small programs write it. */
const TIME_OF_DAY = /^\[?([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:[.,](\d{1,9}))?\]?[\s:]/;

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
    let clocks = 0;
    for (const line of lines) {
      if (/^[{[]\s{0,3}["{[]/.test(line)) continue;
      const stamp = firstStamp(line);
      if (stamp && behind(line, stamp) !== '') {
        stamped++;
        // a stamp followed by nothing but numbers is a table of measurements
        if (/^[\s,;|"]{0,4}(?:[-+.\dNaInf]{1,30}(?:[\s,;|"]{1,8}|$)){1,200}$/.test(line.slice(stamp.end, 400)))
          tabular++;
      }
      if (TIME_OF_DAY.test(line)) clocks++;
      if (levelOf(line) !== 'line') levelled++;
      secrets += redactSecrets(line).count;
    }
    const free = (stamped - tabular) / lines.length;
    if (stamped === 0 && clocks / lines.length > 0.5) return 0.35;
    if (free > 0) return Math.min(0.55, 0.15 + 0.3 * free + 0.1 * (levelled / lines.length));
    // text without times that carries secrets is read all the same, so that they are found
    return secrets > 0 ? 0.31 : 0;
  },
  async read(file, sink) {
    const day = sink.taken === undefined ? undefined : Math.floor(sink.taken.time / DAY) * DAY;
    let clockless = false;
    await readLog(file, sink, (text) => {
      const stamp = firstStamp(text);
      const hours = stamp ? null : TIME_OF_DAY.exec(text);
      if (hours) {
        if (!clockless) declareDay(sink, day);
        clockless = true;
        return { time: (day ?? 0) + timeOfDay(hours), message: text.slice(hours[0].length).trim() };
      }
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

function timeOfDay(m: RegExpExecArray): number {
  return Number(m[1]) * 3_600_000 + Number(m[2]) * 60_000 + Number(m[3]) * 1000 + Number(`0.${m[4] ?? '0'}`) * 1000;
}

/** Times of day belong to the day on which the file was taken; without one they are relative to midnight. */
function declareDay(sink: Sink, day: number | undefined): void {
  sink.clock({ kind: day === undefined ? 'relative' : 'local' });
  if (sink.taken === undefined) sink.problem('NO_DATE');
  else sink.problem('DATE_ASSUMED', { how: sink.taken.how });
}
