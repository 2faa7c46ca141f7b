import type { Labels } from '../types/series.js';
import type { Importer, Sink } from './importer.js';
import { labelsOf, millisecondsOf } from './tools/text.js';
import { TraceEvents } from './tools/trace-events.js';

/** What stands before the time: command, process (and thread), CPU. */
const TASK = /^(.{0,60}?)\s{0,20}(?:(-?\d{1,10})\/)?(-?\d{1,10})(?:\s{1,8}\[(\d{1,5})\])?(?:\s{1,4}[.\w]{4,8})?\s*$/;
const TIME = /(?:^|\s)(\d{1,12}\.\d{5,9}):\s/;
const EVENT = /^\s{0,40}(?:(\d{1,20})\s{1,20})?([A-Za-z_][\w.,:/=@-]{0,120}?):(?:\s|$)(.{0,2000})$/;
const UNTIMED =
  /^(\S.{0,60}?)\s{1,20}(?:(\d{1,10})\/)?(\d{1,10})(?:\s{1,8}\[(\d{1,5})\])?\s{1,8}(?:(\d{1,20})\s{1,8})?([A-Za-z_][\w.,:/=@-]{0,120}?):\s{0,20}$/;

/** One event line. */
interface Sample {
  readonly comm: string;
  readonly pid: string | undefined;
  readonly tid: string;
  readonly cpu: string | undefined;
  readonly time: number | undefined;
  readonly period: number | undefined;
  readonly event: string;
  readonly rest: string;
}

function sampleOf(text: string): Sample | undefined {
  const line = text.slice(0, 4000);
  const time = TIME.exec(`${line} `);
  if (time === null) {
    const parts = UNTIMED.exec(line);
    if (parts === null) return undefined;
    const [, comm = '', pid, tid = '', cpu, period, event = ''] = parts;
    return {
      comm,
      pid,
      tid,
      cpu,
      time: undefined,
      period: period === undefined ? undefined : Number(period),
      event,
      rest: '',
    };
  }
  const at = time.index + time[0].length;
  const task = TASK.exec(line.slice(0, time.index).trimStart());
  const event = EVENT.exec(line.slice(at - 1));
  if (task === null || event === null) return undefined;
  const [, comm = '', pid, tid = '', cpu] = task;
  return {
    comm,
    pid,
    tid,
    cpu,
    time: millisecondsOf(time[1]),
    period: event[1] === undefined ? undefined : Number(event[1]),
    event: event[2] ?? '',
    rest: (event[3] ?? '').trim(),
  };
}

/**
 * `perf script`: samples and tracepoints, with or without stacks.
 *
 * ```
 * java 4711/4730 [003] 1234.567890: migrate:mm_migrate_pages: nr_succeeded=512 nr_failed=0 mode=MIGRATE_ASYNC
 * dd 29776 666709.771979:   10101010 cpu-clock:
 * 	          3d6b4c vfs_read (/lib/modules/4.1.0/build/vmlinux)
 * ```
 * Fields may be missing (no CPU, no thread, no time at all). Times are seconds of the kernel's clock since boot.
 */
export const perfScript: Importer = {
  id: 'perf-script',
  title: 'perf script',
  format: { reference: 'https://man7.org/linux/man-pages/man1/perf-script.1.html', versions: 'perf 3 to 6' },
  sniff({ lines }) {
    const start = lines.slice(0, 200);
    const samples = start.filter(
      (line) => /^\S|^\s{0,20}\S.*\[\d{3}\]/.test(line) && sampleOf(line) !== undefined && !isFtrace(line),
    ).length;
    if (samples === 0) return 0;
    const stacks = start.filter(isFrame).length;
    if (stacks > 0) return 0.93;
    return samples > 2 && samples * 2 > start.filter((line) => line.trim() !== '').length ? 0.85 : 0;
  },
  async read(file, sink) {
    const events = new TraceEvents(sink, 'perf');
    let open: { sample: Sample; frames: string[]; line: number } | undefined;
    let number = 0;
    let dated = false;
    for await (const line of file.lines()) {
      number++;
      if (line.trim() === '' || line.startsWith('#')) continue;
      const sample = isFrame(line) ? undefined : sampleOf(line);
      if (sample !== undefined) {
        if (sample.time !== undefined && !dated) sink.clock({ kind: 'boot' });
        dated ||= sample.time !== undefined;
        flush(sink, events, open);
        open = { sample, frames: [], line: number };
      } else if (open !== undefined && isFrame(line)) {
        if (open.frames.length < 12) open.frames.push(frameOf(line));
      } else sink.problem('BAD_LINE', { expected: 'an event or a frame of its stack', found: line.trim() }, number);
    }
    flush(sink, events, open);
    events.finish('perf script');
  },
};

/** ftrace writes `comm-pid`, perf keeps them apart. */
function isFtrace(line: string): boolean {
  return /^\s{0,40}\S.{0,40}-\d{1,10}\s{1,8}(?:\([-\s\d]{5,7}\)\s{1,4})?\[\d{3}\]/.test(line);
}

function isFrame(line: string): boolean {
  return /^\s{0,30}[0-9a-f]{1,16} \S.{0,500}\(.{0,300}\)\s*$/.test(line);
}

function frameOf(line: string): string {
  const name = /^\s{0,30}[0-9a-f]{1,16} (.{1,500}?) \([^()]{0,300}\)\s*$/.exec(line)?.[1] ?? line.trim();
  return name.replace(/\+0x[0-9a-f]{1,16}$/, '');
}

function flush(
  sink: Sink,
  events: TraceEvents,
  open: { sample: Sample; frames: string[]; line: number } | undefined,
): void {
  if (open === undefined) return;
  const { sample, frames, line } = open;
  const labels: Labels = labelsOf([
    ...Object.entries(sink.context),
    ['process', sample.comm.trim()],
    ['pid', sample.pid ?? sample.tid],
    ['tid', sample.pid === undefined ? undefined : sample.tid],
    ['cpu', sample.cpu === undefined ? undefined : String(Number(sample.cpu))],
    ['period', sample.period === undefined ? undefined : String(sample.period)],
  ]);
  const message = [sample.rest, frames.join(' < ')].filter((part) => part !== '').join(' | ');
  events.add(sample.event, sample.time, labels, message, line);
}
