import { labelled } from '../proc/labels.js';
import { eachLine, numberOf } from '../proc/snapshot.js';
import type { Importer } from './importer.js';

/** `total=12345 N0=10000 N1=2345` (pages), or `anon N0=1024000 N1=4096` (bytes, workingset events too). */
const OLD = /^([a-z_]{1,40})=(\d{1,20})((?: N\d{1,4}=\d{1,20})+)$/;
const NEW = /^([a-z_]{1,40})((?: N\d{1,4}=\d{1,20})+)$/;
/** Counts of events among the sizes of cgroup v2. */
const EVENTS = /^workingset_/;
const PAGE = 4096;

/**
 * `memory.numa_stat` of a cgroup: on which memory node its memory lies, by kind. Version 1 counts pages, taken as 4 KiB;
 * its `hierarchical_` lines hold the group's children too.
 *
 *     total=12345 N0=10000 N1=2345          anon N0=1024000 N1=4096
 *     file=2345 N0=2000 N1=345              file N0=2048000 N1=0
 */
export const cgroupNumaStat = {
  id: 'cgroup-numa-stat',
  title: 'memory of a cgroup by node (memory.numa_stat)',
  format: { reference: 'https://docs.kernel.org/admin-guide/cgroup-v2.html', versions: 'cgroup v1 and v2' },
  sniff: ({ lines }) => {
    const full = lines.slice(0, 60).filter((line) => line !== '');
    const known = full.filter((line) => OLD.test(line) || NEW.test(line)).length;
    const telling = full.some((line) => /^(?:total=|anon[ =]|file[ =]|kernel_stack )/.test(line));
    return known > 1 && telling ? (0.96 * known) / full.length : 0;
  },
  read: async (file, sink) => {
    let version = 2;
    await eachLine(file, sink, (text, line, time) => {
      const old = OLD.exec(text);
      const found = old ?? NEW.exec(text);
      if (found === null)
        return sink.problem('BAD_LINE', { expected: 'a kind of memory and its nodes', found: text }, line);
      if (old !== null) version = 1;
      const kind = found[1]!;
      const event = EVENTS.test(kind);
      const hints = event
        ? ({ kind: 'counter', unit: 'count' } as const)
        : ({
            kind: 'gauge',
            unit: 'bytes',
            ...(old === null ? {} : { conversion: `× ${PAGE} (pages → bytes)` }),
          } as const);
      for (const [, node = '', digits] of found.at(-1)!.matchAll(/ N(\d{1,4})=(\d{1,20})/g)) {
        const value = numberOf(digits) ?? Number.NaN;
        sink
          .series(`cgroup.memory.numa_stat.${kind}`, labelled.with(sink.context, 'numa_node', node), hints)
          .push(time, value * (old !== null && !event ? PAGE : 1), line);
      }
    });
    sink.format(`cgroup v${version}`);
  },
} as const satisfies Importer;
