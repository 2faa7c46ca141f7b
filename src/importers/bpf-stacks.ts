import type { Importer, Sink } from './importer.js';
import { labelsOf } from './tools/text.js';

/** Stacks that are kept; the heaviest ones. */
const KEPT = 500;

const FOLDED = /^(\S[^;]{0,80}(?:;[^;\n]{1,300}){1,400}) (\d{1,18})$/;
const TASK = /^\s{2,8}-\s{1,40}(\S.{0,60}?)\s\((\d{1,10})\)\s*$/;
const VALUE = /^\s{2,16}(\d{1,18})\s*$/;
const FRAME = /^\s{2,8}(?:b?['"]?)([A-Za-z_[-][^\s]{0,200})/;

/**
 * Stacks with a weight: offcputime and profile of bcc, and folded stacks (`java;read;vfs_read 1234`).
 *
 * ```
 *     finish_task_switch
 *     schedule
 *     -                java (4711)
 *         123456
 * ```
 * Weights are µs for offcputime and samples for profile; the output does not tell which. The heaviest 500 are kept, as
 * facts with the stack from the process down.
 */
export const bpfStacks: Importer = {
  id: 'bpf-stacks',
  title: 'stacks with weights (offcputime, profile, folded)',
  format: {
    reference: 'https://github.com/iovisor/bcc/blob/master/tools/offcputime_example.txt',
    versions: 'bcc, libbpf-tools, FlameGraph',
  },
  sniff({ lines }) {
    const rows = lines.slice(0, 100).filter((line) => line.trim() !== '');
    const folded = rows.filter((line) => FOLDED.test(line)).length;
    if (folded > 0 && folded * 2 > rows.length) return 0.9;
    return rows.some((line) => TASK.test(line)) && rows.some((line) => VALUE.test(line)) ? 0.93 : 0;
  },
  async read(file, sink) {
    const weights = new Map<string, { value: number; pid: string | undefined; line: number }>();
    let frames: string[] = [];
    let task: { name: string; pid: string } | undefined;
    let number = 0;
    let rows = 0;
    for await (const line of file.lines()) {
      number++;
      // frames and weights of one stack are one fact
      if (ofStack(line)) sink.passed(number);
      const folded = FOLDED.exec(line);
      const holder = TASK.exec(line);
      const value = VALUE.exec(line);
      if (folded !== null) {
        rows++;
        add(weights, folded[1] ?? '', Number(folded[2]), undefined, number);
      } else if (holder !== null) task = { name: holder[1] ?? '', pid: holder[2] ?? '' };
      else if (value !== null && task !== undefined) {
        rows++;
        add(weights, [task.name, ...frames.toReversed()].join(';'), Number(value[1]), task.pid, number);
        frames = [];
        task = undefined;
      } else if (line.trim() === '') frames = [];
      else if (frames.length < 200) {
        frames.push(...frameOf(line));
      }
    }
    state(sink, weights);
    if (rows === 0) sink.problem('NO_ROWS');
    sink.fact('bpf.stacks', rows);
    sink.format(`stacks, ${rows}`);
  },
};

/** The function a line names, if it does. */
function frameOf(line: string): string[] {
  const frame = FRAME.exec(line)?.[1];
  return frame === undefined || frame === '--' ? [] : [frame];
}

function ofStack(line: string): boolean {
  return FRAME.test(line) || VALUE.test(line) || TASK.test(line);
}

type Weights = Map<string, { value: number; pid: string | undefined; line: number }>;

function add(weights: Weights, stack: string, value: number, pid: string | undefined, line: number): void {
  const key = `${pid ?? ''} ${stack}`;
  const known = weights.get(key);
  if (known !== undefined) known.value += value;
  // memory stays bounded; what is lost is stated
  else if (weights.size < 200_000) weights.set(key, { value, pid, line });
}

function state(sink: Sink, weights: Weights): void {
  const sorted = [...weights].sort(([a, x], [b, y]) => y.value - x.value || (a < b ? -1 : 1));
  if (sorted.length > KEPT) sink.problem('ROWS_FOLDED', { limit: KEPT });
  for (const [key, { value, pid, line }] of sorted.slice(0, KEPT)) {
    const stack = key.slice(key.indexOf(' ') + 1);
    const labels = labelsOf([
      ...Object.entries(sink.context),
      ['process', stack.split(';')[0]],
      ['pid', pid],
      ['stack', stack.slice(0, 2000)],
    ]);
    sink.fact('bpf.stack', value, { labels, line });
  }
}
