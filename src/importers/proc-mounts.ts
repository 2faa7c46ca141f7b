import { eachLine } from '../proc/snapshot.js';
import type { Importer } from './importer.js';

const LINE = /^\S+ \/\S* [\w.-]+ (?:r[wo])(?:,\S*)? \d+ \d+$/;

/**
 * `/proc/mounts`: `/dev/dm-0 /data ext4 rw,relatime 0 0`. Facts `mount.<path>` (device, type, options) of real file
 * systems, and `cgroup.version`.
 */
export const procMounts = {
  id: 'proc-mounts',
  title: 'mounted file systems (/proc/mounts)',
  format: { reference: 'https://man7.org/linux/man-pages/man5/proc_pid_mounts.5.html', versions: 'Linux 2.4–6.x' },
  sniff: ({ lines, complete }) => {
    const whole = lines.slice(0, complete ? 20 : Math.min(20, lines.length - 1)).filter((line) => line !== '');
    return whole.length > 0 && whole.every((line) => LINE.test(line)) ? 0.9 : 0;
  },
  read: async (file, sink) => {
    let version = 0;
    await eachLine(file, sink, (text, line) => {
      const [device, path, type, options] = text.split(' ');
      if (options === undefined)
        return sink.problem('BAD_LINE', { expected: 'device path type options', found: text }, line);
      if (type === 'cgroup2' && version === 0) version = 2;
      if (type === 'cgroup') version = 1;
      if (device!.startsWith('/dev/'))
        sink.fact(`mount.${path!}`, `${device!} ${type!} ${options}`, { labels: sink.context, line });
    });
    if (version > 0) sink.fact('cgroup.version', version, { labels: sink.context });
  },
} as const satisfies Importer;
