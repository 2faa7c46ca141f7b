import { eachLine, firstLine } from '../proc/snapshot.js';
import type { Importer } from './importer.js';

const LINE = /^(\d+):([\w=.,-]*):(\/.*)$/;
const UID = /pod([0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12})/;

/**
 * `/proc/PID/cgroup`: the cgroups of a process, v1 by controller, v2 as `0::/…`. Facts `process.cgroup` and, from the names
 * Kubernetes gives, `process.pod_uid` and `process.container_id`.
 *
 *     11:cpuset:/kubepods/burstable/pod1b5…/3f2…
 *     0::/init.scope
 */
export const procPidCgroup = {
  id: 'proc-pid-cgroup',
  title: 'cgroups of a process (/proc/PID/cgroup)',
  format: { reference: 'https://man7.org/linux/man-pages/man7/cgroups.7.html', versions: 'cgroup v1 and v2' },
  sniff: ({ lines, complete }) => {
    const whole = lines.slice(0, complete ? 20 : 10).filter((line) => line !== '');
    return whole.length > 0 && whole.every((line) => LINE.test(line)) ? 0.9 : LINE.test(firstLine(lines)) ? 0.4 : 0;
  },
  read: async (file, sink) => {
    let uid: string | undefined;
    let container: string | undefined;
    await eachLine(file, sink, (text, line) => {
      const match = LINE.exec(text);
      if (match === null) return sink.problem('BAD_LINE', { expected: 'id:controllers:path', found: text }, line);
      const [, id, controllers, path] = match;
      const name = id === '0' && controllers === '' ? 'process.cgroup' : `process.cgroup.${controllers!}`;
      sink.fact(name, path!, { labels: sink.context, line });
      uid ??= UID.exec(path!)?.[1]?.replaceAll('_', '-');
      container ??= /[0-9a-f]{64}/.exec(path!)?.[0];
    });
    if (uid !== undefined) sink.fact('process.pod_uid', uid, { labels: sink.context });
    if (container !== undefined) sink.fact('process.container_id', container, { labels: sink.context });
  },
} as const satisfies Importer;
