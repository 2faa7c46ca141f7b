import type { Importer } from './importer.js';
import { stampOf, undatedClock, ZonedClock, type DayClock } from './tools/clock.js';
import { pushUptime, uptimeOf } from './tools/uptime.js';

/**
 * `uptime` and the head line of `w`, once or often.
 *
 * ```
 *  10:25:20 up 16:03,  2 users,  load average: 0.00, 0.01, 0.05
 * ```
 * Local time of day without a date; lines with a date between them date what follows.
 */
export const uptime: Importer = {
  id: 'uptime',
  title: 'uptime',
  format: { reference: 'https://gitlab.com/procps-ng/procps/-/blob/master/src/uptime.c', versions: 'procps 3 to 4' },
  sniff({ lines }) {
    const rows = lines.slice(0, 40).filter((line) => line.trim() !== '');
    const good = rows.filter((line) => uptimeOf(line) !== undefined && !line.startsWith('top -')).length;
    if (good === 0) return 0;
    const stamped = rows.filter((line) => stampOf(line) !== undefined).length;
    if (good + stamped === rows.length) return 0.95;
    return /^USER\s{1,12}TTY\s/.test(rows[1] ?? '') ? 0.9 : 0.4;
  },
  async read(file, sink) {
    const zoned = new ZonedClock(sink);
    const labels = sink.context;
    let clock: DayClock | undefined;
    let stamped: number | undefined;
    let number = 0;
    let rows = 0;
    for await (const line of file.lines()) {
      number++;
      const stamp = stampOf(line);
      if (stamp !== undefined) stamped = zoned.at(stamp.wall, stamp.zone, number);
      const found = stamp === undefined ? uptimeOf(line) : undefined;
      if (found === undefined) continue;
      if (stamped === undefined) clock ??= undatedClock(sink, found.time, number);
      const time = stamped ?? clock?.at(found.time) ?? found.time;
      pushUptime(sink, found, labels, time, number, rows === 0);
      stamped = undefined;
      rows++;
    }
    if (rows === 0) sink.problem('NO_ROWS');
    sink.format(`uptime, ${rows} lines`);
  },
};
