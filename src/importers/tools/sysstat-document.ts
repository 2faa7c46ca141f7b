import type { DumpFile } from '../../types/dump.js';
import type { Sink } from '../importer.js';
import { pushRestarts, RecordClock } from './record-clock.js';
import { hostOf, isTree, listOf, pushTree } from './sysstat-tree.js';

type Tree = Readonly<Record<string, unknown>>;

/** The hosts of a sysstat document in JSON; empty with a problem when it is none. */
export async function hostsOfJson(file: DumpFile, sink: Sink): Promise<readonly unknown[]> {
  let root: unknown;
  try {
    root = JSON.parse(await file.text());
  } catch (error) {
    sink.problem('UNREADABLE', { reason: error instanceof Error ? error.message : 'not JSON' });
    return [];
  }
  const sysstat = isTree(root) ? root['sysstat'] : undefined;
  return isTree(sysstat) ? listOf(sysstat['hosts']) : [];
}

/**
 * Pushes every record of every host.
 * @param bootFirst the first record of a host averages everything since boot (iostat)
 */
export function pushHosts(sink: Sink, hosts: readonly unknown[], title: string, bootFirst = false): void {
  let records = 0;
  let numbers = 0;
  let restarts = 0;
  for (const host of hosts) {
    if (!isTree(host)) continue;
    const labels = hostOf(sink, host);
    const clock = new RecordClock(sink, host['date'] ?? host['file-date']);
    restarts += pushRestarts(sink, host, labels, clock);
    const times = new Spacing(sink);
    for (const record of recordsOf(host)) {
      const time = clock.at(record.stamp);
      const interval = isTree(record.stamp) ? Number(record.stamp['interval']) * 1000 : Number.NaN;
      const boot = bootFirst && records === 0;
      const at = times.next(time, interval, record.body);
      if (boot) sink.problem('SINCE_BOOT');
      numbers += pushTree(sink, record.body, labels, { ...at, line: 0, boot });
      records++;
    }
  }
  if (numbers === 0) sink.problem('NO_ROWS');
  sink.fact('sysstat.records', records);
  sink.fact('sysstat.restarts', restarts);
  sink.format(`${title}, ${records} records`);
}

/** Records as (stamp, body): XML hangs the tables under the time stamp, JSON beside it. */
function* recordsOf(host: Tree): Generator<{ stamp: unknown; body: Tree }> {
  for (const statistics of listOf(host['statistics'])) {
    if (!isTree(statistics)) continue;
    for (const stamp of 'timestamp' in statistics ? listOf(statistics['timestamp']) : [undefined]) {
      const inside = isTree(stamp) && Object.values(stamp).some((value) => typeof value === 'object');
      const body: Tree = inside
        ? without(stamp, ['date', 'time', 'utc', 'tz', 'interval'])
        : without(statistics, ['timestamp']);
      yield { stamp, body };
    }
  }
}

function without(tree: Tree, keys: readonly string[]): Tree {
  return Object.fromEntries(Object.entries(tree).filter(([key]) => !keys.includes(key)));
}

/** Times and windows of successive records; records without a time follow one another at the interval their amounts betray. */
export class Spacing {
  readonly #sink: Sink;
  #last: number | undefined;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  /** @param interval ms, NaN when the record does not say */
  next(time: number | undefined, interval: number, body: Tree = {}): { time: number; window: number | undefined } {
    const before = this.#last;
    if (time !== undefined) {
      this.#last = time;
      const window = interval > 0 ? interval : before === undefined ? undefined : time - before;
      return { time, window };
    }
    const step = spanOf(body);
    if (before === undefined) {
      const { taken } = this.#sink;
      if (taken === undefined) this.#sink.clock({ kind: 'relative' });
      this.#sink.problem(taken === undefined ? 'NO_TIME' : 'TAKEN_AT_START', {});
      this.#last = taken?.time ?? 0;
      return { time: this.#last, window: undefined };
    }
    if (step === undefined) this.#sink.problem('BLOCKS_WITHOUT_TIME');
    this.#last = before + (step ?? 1000);
    return { time: this.#last, window: step };
  }
}

/** Interval in ms that iostat's amount and rate of the same thing betray: 5104 blocks at 1701.33 blocks/s are 3 s. */
function spanOf(body: Tree): number | undefined {
  let best = 0;
  let span: number | undefined;
  for (const disk of listOf(body['disk'])) {
    if (!isTree(disk)) continue;
    for (const [key, amount] of Object.entries(disk)) {
      const rate = Number(disk[`${key}/s`]);
      if (!(rate > 0) || !(Number(amount) > best)) continue;
      best = Number(amount);
      span = Math.round(best / rate) * 1000;
    }
  }
  return span === undefined || span === 0 ? undefined : span;
}
