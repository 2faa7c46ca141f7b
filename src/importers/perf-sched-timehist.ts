import type { Importer } from './importer.js';
import { labelsOf, millisecondsOf, numberOf } from './tools/text.js';

const HEAD = /^\s{1,20}time\s{1,8}cpu\s{1,8}task name\s{1,40}wait time\s{1,8}sch delay\s{1,8}run time/;
const ROW =
  /^\s{0,12}(\d{1,12}\.\d{3,9}) \[(\d{1,5})\]\s{1,40}(.{1,60}?)(?:\[(\d{1,10})(?:\/(\d{1,10}))?\])?\s{1,40}(\d{1,12}\.\d{1,6})\s{1,12}(\d{1,12}\.\d{1,6})\s{1,12}(\d{1,12}\.\d{1,6})(?:\s|$)/;

/**
 * `perf sched timehist`: every time a task left a CPU, with its waits in ms.
 *
 * ```
 *            time    cpu  task name                       wait time  sch delay   run time
 *                         [tid/pid]                          (msec)     (msec)     (msec)
 * --------------- ------  ------------------------------  ---------  ---------  ---------
 *     2101.225987 [0000]  perf[22733]                          0.000      0.000      0.000
 * ```
 * wait time: asleep; sch delay: runnable but not running; times in seconds since boot.
 */
export const perfSchedTimehist: Importer = {
  id: 'perf-sched-timehist',
  title: 'perf sched timehist',
  format: { reference: 'https://man7.org/linux/man-pages/man1/perf-sched.1.html', versions: 'perf 4.10 and later' },
  sniff({ lines }) {
    return lines.slice(0, 30).some((line) => HEAD.test(line)) ? 0.97 : 0;
  },
  async read(file, sink) {
    sink.clock({ kind: 'boot' });
    let number = 0;
    let rows = 0;
    for await (const line of file.lines()) {
      number++;
      const parts = ROW.exec(line);
      if (parts === null) continue;
      rows++;
      const [, time, cpu, task = '', tid, pid, ...waits] = parts;
      const labels = labelsOf([
        ...Object.entries(sink.context),
        ['process', task.trim()],
        ['pid', pid ?? tid],
        ['tid', pid === undefined ? undefined : tid],
      ]);
      for (const [i, name] of (['wait', 'delay', 'run'] as const).entries()) {
        const hints = { kind: 'gauge', unit: 'seconds', conversion: '× 0.001 (ms → s)' } as const;
        const value = Number((numberOf(waits[i]) / 1000).toPrecision(12));
        sink.series(`perf.sched.timehist.${name}`, labels, hints).push(millisecondsOf(time), value, number);
      }
      sink.series('perf.sched.timehist.cpu', labels, { kind: 'gauge' }).push(millisecondsOf(time), Number(cpu), number);
    }
    if (rows === 0) sink.problem('NO_ROWS');
    sink.fact('perf.sched.rows', rows);
    sink.format(`perf sched timehist, ${rows} rows`);
  },
};
