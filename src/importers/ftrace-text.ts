import type { Importer, Sink } from './importer.js';
import { labelsOf, millisecondsOf } from './tools/text.js';
import { TraceEvents } from './tools/trace-events.js';

const ROW =
  /^\s{0,40}(\S.{0,40}?)-(\d{1,10})\s{1,12}(?:\(\s{0,6}([-\d]{1,10})\)\s{1,8})?\[(\d{1,5})\]\s{1,8}(?:(\S{4,8})\s{1,8})?(\d{1,12}\.\d{3,9}):\s{1,4}(.{1,4000})$/;
const EVENT = /^([A-Za-z_]\w{0,80}):\s{0,40}(.{0,4000})$/;

/**
 * The kernel's trace buffer as text (`/sys/kernel/tracing/trace`), systrace, and `trace-cmd report`.
 *
 * ```
 * # tracer: nop
 *             java-4730  ( 4711) [003] d..2.  1234.567890: sched_switch: prev_comm=java prev_pid=4730 prev_state=D ==> …
 * ```
 * The column of flags has grown (4 to 6 characters) and trace-cmd leaves it out; `(-----)` is an unknown process. Times
 * are seconds of the trace clock, by default since boot.
 */
export const ftraceText: Importer = {
  id: 'ftrace-text',
  title: 'ftrace, trace-cmd report, systrace',
  format: { reference: 'https://docs.kernel.org/trace/ftrace.html', versions: 'Linux 2.6.27 and later' },
  sniff({ lines }) {
    const start = lines.slice(0, 200).filter((line) => line.trim() !== '');
    const rows = start.filter((line) => ROW.test(line)).length;
    if (start.some((line) => /^# tracer: \w/.test(line))) return 0.97;
    return rows > 0 && rows * 2 > start.length ? 0.95 : rows > 2 ? 0.7 : 0;
  },
  async read(file, sink) {
    const events = new TraceEvents(sink, 'ftrace');
    sink.clock({ kind: 'boot' });
    let number = 0;
    for await (const line of file.lines()) {
      number++;
      const parts = ROW.exec(line);
      if (parts === null) {
        note(sink, line, number);
        continue;
      }
      const [, comm, tid = '', tgid, cpu, flags, time, rest = ''] = parts;
      const event = EVENT.exec(rest);
      const pid = tgid !== undefined && /^\d+$/.test(tgid) ? tgid : undefined;
      const labels = labelsOf([
        ...Object.entries(sink.context),
        ['process', comm],
        ['pid', pid ?? tid],
        ['tid', pid === undefined ? undefined : tid],
        ['cpu', String(Number(cpu))],
        ['flags', flags],
      ]);
      events.add(event?.[1] ?? 'function', millisecondsOf(time), labels, event?.[2] ?? rest, number);
    }
    events.finish('ftrace');
  },
};

/** Head lines, lost events and what is neither. */
function note(sink: Sink, line: string, number: number): void {
  if (line.trim() === '') return;
  const tracer = /^# tracer: (\w{1,40})/.exec(line)?.[1];
  if (tracer !== undefined) sink.fact('ftrace.tracer', tracer, { line: number });
  const buffer = /^# entries-in-buffer\/entries-written: (\d{1,15})\/(\d{1,15})\s{1,8}#P:(\d{1,5})/.exec(line);
  if (buffer !== null) {
    sink.fact('cpu.count', Number(buffer[3]), { line: number, labels: sink.context });
    const lost = Number(buffer[2]) - Number(buffer[1]);
    if (lost > 0) sink.problem('EVENTS_LOST', { count: lost }, number);
  }
  const lost = /LOST (\d{1,12}) EVENTS/.exec(line)?.[1];
  if (lost !== undefined) sink.problem('EVENTS_LOST', { count: Number(lost) }, number);
  const cpus = /^cpus=(\d{1,5})\s*$/.exec(line)?.[1];
  if (cpus !== undefined) sink.fact('cpu.count', Number(cpus), { line: number, labels: sink.context });
  if (lost === undefined && cpus === undefined && !/^\s{0,4}(?:#|=>|<stack trace>)/.test(line))
    sink.problem('BAD_LINE', { expected: 'task-pid [cpu] flags time: event', found: line.trim() }, number);
}
