import { readLog, share, type Grammar } from '../logs/read.js';
import { stampAt } from '../logs/time.js';
import type { Importer, Sink } from './importer.js';
import type { Milliseconds } from '../types/units.js';

/** JDK 9 and newer: decorations in brackets, then `GC(12) Pause Young (Normal) … 23.456ms`. */
const UNIFIED = /^(?:\[[^\]]{1,60}\]){1,6} {0,2}GC\(\d{1,9}\) /;
const UNIFIED_PAUSE = /\bPause .{1,160} (\d{1,9}(?:\.\d{1,6})?)ms\s*$/;
/** JDK 8: `12.345: [GC pause (G1 Evacuation Pause) (young), 0.0234560 secs]`. */
const OLD = /^(?:\S{20,32}: )?(\d{1,9}\.\d{3}): \[(?:Full GC|GC|GC pause)[ (]/;
const OLD_PAUSE = /, (\d{1,6}\.\d{3,9}) secs\]/g;
const STOPPED = /Total time for which application threads were stopped: (\d{1,6}\.\d{3,9}) seconds/;
const SAFEPOINT = /^(?:\[[^\]]{1,60}\]){1,6} {0,2}Safepoint ".{1,60}", .{1,200}Total: {1,12}(\d{1,15}) ns/;
/** Go's gctrace: `gc 1 @0.012s 2%: 0.026+0.39+0.10 ms clock, …`; the first and last part stop the world. */
const GO = /^gc \d{1,9} @(\d{1,9}\.\d{1,6})s \d{1,3}%: ([\d.]{1,12})\+[\d.]{1,12}\+([\d.]{1,12}) ms clock/;
const DECORATIONS = /^(?:\[[^\]]{1,60}\]){1,6}/;
const UPTIME = /\[(\d{1,9}\.\d{3})s\]/;

/**
 * Garbage-collection logs of the JVM and of Go. Each pause is an event `log.gc-pause` that begins where the pause began, and
 * adds to the counters `gc.pause_seconds` and `gc.pauses`.
 *
 *     [2024-05-06T10:00:00.123+0800][info][gc] GC(12) Pause Young (Normal) (G1 Evacuation Pause) 512M->64M(1024M) 23.456ms
 *     2024-05-06T10:00:00.123+0800: 12.345: [GC pause (G1 Evacuation Pause) (young), 0.0234560 secs]
 */
export const gcLog: Importer = {
  id: 'gc-log',
  title: 'Garbage-collection log',
  format: {
    reference: 'https://openjdk.org/jeps/271',
    versions: 'JDK 6–24 (G1, Parallel, Serial, CMS, ZGC, Shenandoah), Go gctrace',
  },
  sniff(head) {
    const part = share(
      head,
      (line) =>
        UNIFIED.test(line) ||
        OLD.test(line) ||
        STOPPED.test(line) ||
        SAFEPOINT.test(line) ||
        GO.test(line) ||
        /^\[[^\]]{8,60}\](?:\[[^\]]{1,40}\]){0,3}\[(?:gc|safepoint)[\w,]{0,30} {0,4}\]/.test(line),
    );
    return part < 0.2 ? 0 : 0.55 + 0.4 * part;
  },
  async read(file, sink) {
    const total = { pauses: 0, seconds: 0 };
    let relative = false;
    const grammar: Grammar = (text, line, clock) => {
      const when = decorated(text);
      if (when === undefined) return undefined;
      if (when.stamp === undefined && !relative) {
        relative = true;
        sink.clock({ kind: 'relative' });
      }
      const pause = pauseOf(text);
      const end = when.stamp ? clock.resolve(when.stamp, line) : when.uptime;
      const message = text.slice(when.end).trim();
      if (pause === undefined || end === undefined) return { time: end, message, level: 'info' };
      count(sink, total, end, pause, line);
      return { time: end - pause, duration: pause, kind: 'log.gc-pause', message, level: 'info' };
    };
    await readLog(file, sink, grammar);
    sink.format('GC log');
  },
};

/** Where the entry stands in time, and where its text begins. */
function decorated(
  text: string,
): { stamp?: ReturnType<typeof stampAt>; uptime?: Milliseconds; end: number } | undefined {
  const go = GO.exec(text);
  if (go) return { uptime: Number(go[1]) * 1000, end: 0 };
  const stamp = stampAt(text, text.startsWith('[') ? 1 : 0);
  const brackets = DECORATIONS.exec(text);
  if (stamp) return { stamp, end: brackets ? brackets[0].length : stamp.end + 1 };
  const uptime = brackets ? UPTIME.exec(brackets[0]) : (OLD.exec(text) ?? /^(\d{1,9}\.\d{3}): /.exec(text));
  return uptime ? { uptime: Number(uptime[1]) * 1000, end: brackets?.[0].length ?? 0 } : undefined;
}

/** Length of the stop-the-world pause that a line reports, ms. */
function pauseOf(text: string): Milliseconds | undefined {
  const head = text.slice(0, 2000);
  const unified = UNIFIED_PAUSE.exec(head);
  if (unified) return Number(unified[1]);
  const safepoint = SAFEPOINT.exec(head);
  if (safepoint) return Number(safepoint[1]) / 1e6;
  const go = GO.exec(head);
  if (go) return Number(go[2]) + Number(go[3]);
  // `threads were stopped` repeats the pause of the collection before it, so it is left as text
  if (!OLD.test(head)) return undefined;
  const last = [...head.matchAll(OLD_PAUSE)].at(-1);
  return last ? Number(last[1]) * 1000 : undefined;
}

function count(
  sink: Sink,
  total: { pauses: number; seconds: number },
  end: Milliseconds,
  pause: Milliseconds,
  line: number,
): void {
  const seconds = sink.series('gc.pause_seconds', sink.context, { kind: 'counter', unit: 'seconds' });
  const pauses = sink.series('gc.pauses', sink.context, { kind: 'counter', unit: 'count' });
  if (total.pauses === 0) {
    seconds.push(end - pause, 0, line);
    pauses.push(end - pause, 0, line);
  }
  total.pauses++;
  total.seconds += pause / 1000;
  seconds.push(end, total.seconds, line);
  pauses.push(end, total.pauses, line);
}
