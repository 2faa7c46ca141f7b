import { labelled } from '../proc/labels.js';
import { eachLine, numberOf } from '../proc/snapshot.js';
import type { Labels } from '../types/series.js';
import type { Importer, SeriesHints, Sink } from './importer.js';

const HEADER = /^(.{1,64}) \((\d+), #threads: (\d+)\)\s*$/;
const PATH = /^(?:\S*\/)?(\d{1,10})(?:\/task\/(\d{1,10}))?\/sched[:-]/;
const BODY =
  /^(?:(?:se\.|nr_|numa_|total_numa_|mm->numa_|avg_|wait_|sum_|iowait_|block_|exec_|slice_|dl\.|uclamp|effective uclamp|policy|prio|clock-delta|ext\.)[\w. ->]{0,60}?\s*:\s+-?\d+(?:\.\d+)?|numa_migrations, \d+|numa_faults[ _].*|current_node=.*)$/;
const COUNTER: SeriesHints = { kind: 'counter', unit: 'count' };
const GAUGE: SeriesHints = { kind: 'gauge', unit: 'unknown' };
const SECONDS: SeriesHints = { kind: 'counter', unit: 'seconds', conversion: '÷ 1000 (ms → s)' };
/** Cumulative counts; everything else without a decimal point is a level or a setting. */
const COUNTS =
  /^(?:nr_\w+|se\.nr_migrations|(?:se\.statistics\.)?nr_\w+|numa_pages_migrated|numa_migrations|total_numa_faults|mm->numa_scan_seq)$/;
/** Cumulative times. */
const TIMES = /(?:_sum|sum_\w{1,80}|exec_start)$/;
/** What is kept of every thread; the rest would be thousands of series that nobody asks for. */
const OF_THREADS = /^(?:numa_pages_migrated|numa_migrations|total_numa_faults)$/;

/**
 * `/proc/PID/sched` and `/proc/PID/task/TID/sched`: scheduling and NUMA balancing of one task. Numbers with decimals are
 * ms. `numa_pages_migrated` is a lifetime total of that task alone; NUMA lines exist only with CONFIG_NUMA_BALANCING.
 * Kernels before 4.2 print `numa_migrations, 123`, and reading it sets it to zero.
 *
 *     java (4711, #threads: 213)
 *     ---------------------------------------------------------
 *     se.exec_start                                :     1301635.108287
 *     numa_pages_migrated                          :              18230
 *     current_node=0, numa_group_id=4711
 *     numa_faults node=0 task_private=10 task_shared=0 group_private=10 group_shared=0
 */
export const procPidSched = {
  id: 'proc-pid-sched',
  title: 'scheduling and NUMA balancing of a task (/proc/PID/sched)',
  format: { reference: 'https://docs.kernel.org/scheduler/sched-debug.html', versions: 'Linux 2.6.23–6.x' },
  sniff: ({ lines }) => {
    const first = lines.find((line) => line.trim() !== '') ?? '';
    if (HEADER.test(first)) return 0.98;
    // the tail of a file, or what `grep -H` took out of many
    const some = lines.slice(0, 12).filter((line) => line !== '');
    const good = some.filter((line) => BODY.test(line.replace(PATH, '')));
    return good.length > 0 && good.length >= some.length - 1 ? 0.93 : 0;
  },
  read: async (file, sink) => {
    let labels: Labels = sink.context;
    let header = false;
    await eachLine(file, sink, (text, line, time) => {
      if (text.startsWith('---')) return;
      const match = HEADER.exec(text);
      if (match !== null) {
        labels = taskOf(match, sink, line);
        header = true;
        return;
      }
      const path = PATH.exec(text);
      if (path !== null) labels = taskOfPath(path, sink);
      readLine(path === null ? text : text.slice(path[0].length), line, time, labels, sink);
    });
    sink.format(header ? 'with header' : 'part of a file');
  },
} as const satisfies Importer;

/** One line of the body; `tid` in the labels keeps only what matters of a thread. */
function readLine(text: string, line: number, time: number, labels: Labels, sink: Sink): void {
  if (text.startsWith('numa_faults') || text.startsWith('current_node')) return faults(text, line, time, labels, sink);
  const [key, digits] = keyAndDigits(text);
  const value = numberOf(digits);
  if (key === '' || value === undefined)
    return sink.problem('BAD_LINE', { expected: 'a name and a number', found: text }, line);
  if (Object.hasOwn(labels, 'tid') && !OF_THREADS.test(key)) return;
  const hints = COUNTS.test(key) ? COUNTER : digits.includes('.') && TIMES.test(key) ? SECONDS : GAUGE;
  sink.series(`proc.pid.sched.${key}`, labels, hints).push(time, hints === SECONDS ? value / 1000 : value, line);
}

function keyAndDigits(text: string): [string, string] {
  const comma = /^(numa_migrations), (-?\d+)$/.exec(text);
  if (comma !== null) return [comma[1]!, comma[2]!];
  const wide = text.indexOf(' : ');
  const colon = wide >= 0 ? wide : text.indexOf(': ');
  return colon < 0 ? ['', ''] : [text.slice(0, colon).trim(), text.slice(colon + 2).trim()];
}

/** Labels of `/proc/PID/task/TID/sched:` before a line; the main thread is the process itself. */
function taskOfPath([, pid, tid]: RegExpExecArray, sink: Sink): Labels {
  const process = labelled.with(sink.context, 'pid', pid!);
  return tid === undefined || tid === pid ? process : labelled.with(process, 'tid', tid);
}

/** The pid of the header counts only when the path says nothing: it is that of the reader's namespace. */
function taskOf(header: RegExpExecArray, sink: Sink, line: number): Labels {
  const [, name, pid, threads] = header;
  const labels = Object.hasOwn(sink.context, 'pid') ? sink.context : labelled.with(sink.context, 'pid', pid!);
  if (!Object.hasOwn(labels, 'tid') && sink.taken?.how !== 'path') {
    sink.fact('process.name', name!, { labels, line });
    sink.fact('process.threads', Number(threads), { labels, line });
  }
  return labels;
}

/** `numa_faults node=0 task_private=10 …`: faults by node, decaying averages; `numa_faults_memory, 0, 0, 1, 0, -1` before. */
function faults(text: string, line: number, time: number, labels: Labels, sink: Sink): void {
  if (Object.hasOwn(labels, 'tid')) return;
  const rows = /^(numa_faults(?:_memory)?), (\d+), (\d+), -?\d+, -?\d+, (-?\d+)$/.exec(text);
  if (rows !== null) {
    const node = labelled.with(labels, 'numa_node', rows[3]!);
    sink
      .series(`proc.pid.sched.${rows[1]!}`, labelled.with(node, 'private', rows[2]!), GAUGE)
      .push(time, Number(rows[4]), line);
    return;
  }
  if (text.includes(',') && !text.includes('='))
    return sink.problem('BAD_LINE', { expected: 'a name and five numbers', found: text }, line);
  let of = labels;
  for (const part of text.split(/[ ,]+/)) {
    const [key, digits] = part.split('=');
    const value = numberOf(digits);
    if (value === undefined) {
      if (digits !== undefined) sink.problem('BAD_NUMBER', { found: digits }, line);
      continue;
    }
    if (key === 'node') of = labelled.with(labels, 'numa_node', digits!);
    else sink.series(`proc.pid.sched.numa_faults.${key!}`, of, GAUGE).push(time, value, line);
  }
}
