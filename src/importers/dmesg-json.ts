import { get, jsonDocuments, list, num, str } from '../dump/json.js';
import { kernelLine } from '../logs/syslog-line.js';
import { levelOfSeverity } from '../logs/level.js';
import { LogWriter } from '../logs/writer.js';
import type { Importer } from './importer.js';

/**
 * `dmesg -J`: `{"dmesg": [ {"pri":5, "time":     0.000000, "msg":"…"} ]}`; `fac` and `caller` with -x.
 * Seconds since boot.
 */
export const dmesgJson: Importer = {
  id: 'dmesg-json',
  title: 'Kernel log as JSON (dmesg -J)',
  format: { reference: 'https://man7.org/linux/man-pages/man1/dmesg.1.html', versions: 'util-linux 2.36 and newer' },
  sniff(head) {
    return /^\s{0,20}\{\s{0,20}"dmesg"\s{0,5}:/.test(head.text) ? 0.98 : 0;
  },
  async read(file, sink) {
    sink.clock({ kind: 'boot' });
    sink.format('dmesg -J');
    const writer = new LogWriter(sink);
    for await (const document of jsonDocuments(file, sink)) {
      for (const item of list(get(document.value, 'dmesg'))) {
        const seconds = num(get(item, 'time'));
        const kernel = kernelLine(str(get(item, 'msg')) ?? '');
        writer.write({
          ...kernel,
          time: Number.isFinite(seconds) ? seconds * 1000 : undefined,
          line: document.line,
          level: levelOfSeverity(num(get(item, 'pri')) % 8),
        });
      }
    }
    writer.finish();
  },
};
