import { eachLine, firstLine, numberOf } from '../proc/snapshot.js';
import type { Importer, SeriesHints } from './importer.js';

const KEYS = new Set(['rchar', 'wchar', 'syscr', 'syscw', 'read_bytes', 'write_bytes', 'cancelled_write_bytes']);
const BYTES: SeriesHints = { kind: 'counter', unit: 'bytes' };
const CALLS: SeriesHints = { kind: 'counter', unit: 'operations' };

/**
 * `/proc/PID/io`: what a process read and wrote: `rchar` by calls, `read_bytes` from storage. `cancelled_write_bytes` may
 * be negative.
 *
 *     rchar: 750339
 *     read_bytes: 1024
 */
export const procPidIo = {
  id: 'proc-pid-io',
  title: 'reads and writes of a process (/proc/PID/io)',
  format: { reference: 'https://man7.org/linux/man-pages/man5/proc_pid_io.5.html', versions: 'Linux 2.6.20–6.x' },
  sniff: ({ lines }) => (/^rchar: \d+$/.test(firstLine(lines)) ? 0.97 : 0),
  read: async (file, sink) => {
    await eachLine(file, sink, (text, line, time) => {
      const colon = text.indexOf(': ');
      const key = text.slice(0, Math.max(0, colon));
      const value = numberOf(text.slice(colon + 2).trim());
      if (!KEYS.has(key) || value === undefined)
        return sink.problem('BAD_LINE', { expected: 'a name and a number', found: text }, line);
      sink.series(`proc.pid.io.${key}`, sink.context, key.startsWith('sysc') ? CALLS : BYTES).push(time, value, line);
    });
  },
} as const satisfies Importer;
