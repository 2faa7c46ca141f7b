import { CGROUP_SERIES, CGROUP_SETTINGS, cgroupFact } from '../proc/cgroup-settings.js';
import { baseName, eachLine, firstLine, numberOf } from '../proc/snapshot.js';
import type { Importer } from './importer.js';

/**
 * Files of a cgroup that hold one number or `max`: `memory.current`, `pids.current`, `cpu.max` (`100000 100000`),
 * `cpuset.cpus`, also of v1. What the number is, only the name of the file tells.
 */
export const cgroupValue = {
  id: 'cgroup-value',
  title: 'a single value of a cgroup (memory.current, cpu.max …)',
  format: { reference: 'https://docs.kernel.org/admin-guide/cgroup-v2.html', versions: 'cgroup v1 and v2' },
  sniff: ({ lines, complete, path }) => {
    if (!complete || lines.length > 2) return 0;
    const name = nameOf(path);
    if (/^max \d+\s*$/.test(firstLine(lines))) return 0.6;
    if (name === undefined || !/^(?:max|-?\d+(?: \d+)?|\d+(?:[-,]\d+)*)\s*$/.test(firstLine(lines))) return 0;
    return 0.55;
  },
  read: async (file, sink) => {
    const name = nameOf(file.path) ?? 'cpu.max';
    sink.format(name);
    const known = CGROUP_SERIES.get(name);
    await eachLine(file, sink, (text, line, time) => {
      const value = numberOf(text.trim());
      if (known === undefined) cgroupFact(sink, name, text, sink.context, line);
      else if (value === undefined) sink.problem('BAD_NUMBER', { found: text }, line);
      else sink.series(known[0], sink.context, { kind: known[1], unit: known[2] }).push(time, value, line);
    });
  },
} as const satisfies Importer;

function nameOf(path: string): string | undefined {
  const name = baseName(path).replace(/\.txt$/, '');
  const found = CGROUP_SERIES.has(name) || CGROUP_SETTINGS.test(name) ? name : undefined;
  // copies are often called `pod-x-cpu.max`
  return (
    found ??
    [...CGROUP_SERIES.keys(), 'cpu.max', 'memory.max', 'memory.high', 'pids.max'].find(
      (one) => name.endsWith(`-${one}`) || name.endsWith(`_${one}`),
    )
  );
}
