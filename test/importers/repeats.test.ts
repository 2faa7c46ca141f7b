import { expect, it } from 'vitest';
import { importDump } from '../../src/import.js';
import { memoryDump } from '../support/memory-dump.js';

/** What lines are made of in the formats we read: repeated often and ended wrongly, it must not take long to refuse. */
const UNITS = [
  'a',
  '1',
  ' ',
  'a ',
  '1 ',
  'a=1',
  '1=1',
  '1=1 ',
  '[a] ',
  'a-',
  'a/',
  '/',
  'a,',
  'a:',
  ': ',
  '-1',
  'a.',
  '"a"',
  '(1)',
  '1:1 ',
];
const STARTS = ['', '1:', '8:0 ', 'a.', 'a/', 'Node 0, zone', 'Max a', '  CPU0'];
const PATHS = ['unknown', 'sys/class/leds/a/trigger', 'proc/7/cgroup', 'sys/fs/cgroup/a/io.stat', 'proc/net/udp'];

/** Patterns that go back and forth would take hours: what hangs runs into the limit of the test. */
it('refuses long monotonous lines at once', { timeout: 120_000 }, async () => {
  for (const path of PATHS)
    for (const start of STARTS) {
      const lines = UNITS.map((unit) => `${start}${unit.repeat(400 / unit.length)}!`);
      const files = lines.map((line, i) => ({ path: path === 'unknown' ? `${path}${i}` : path, content: `${line}\n` }));
      const { files: read } = await importDump(memoryDump(files));
      expect(read, `${path}: ${start}`).not.toHaveLength(0);
    }
});
