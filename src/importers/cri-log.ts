import { describe } from '../logs/message.js';
import { LogClock } from '../logs/clock.js';
import { LogWriter } from '../logs/writer.js';
import { share, writeLine } from '../logs/read.js';
import { stampAt } from '../logs/time.js';
import type { Importer } from './importer.js';

const LINE =
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d) (stdout|stderr) ([FP](?::\w{1,20}){0,4}) /;
/** A message that comes in partial lines is joined up to this length. */
const MAX_JOINED = 1_000_000;

/**
 * Container logs as containerd and CRI-O write them (`/var/log/pods/…`): time, stream, `F`ull or `P`artial, text.
 *
 *     2024-05-06T10:00:00.123456789+08:00 stdout F message
 *
 * Partial lines (longer than 16 KiB) are joined.
 */
export const criLog: Importer = {
  id: 'cri-log',
  title: 'Container log (CRI)',
  format: {
    reference: 'https://github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md',
    versions: 'containerd, CRI-O',
  },
  sniff(head) {
    const part = share(head, (line) => LINE.test(line));
    return part === 0 ? 0 : 0.6 + 0.38 * part;
  },
  async read(file, sink) {
    const clock = new LogClock(sink);
    const writer = new LogWriter(sink);
    const open = new Map<string, { line: number; parts: string[]; length: number }>();
    let line = 0;
    for await (const text of file.lines()) {
      line++;
      if (text === '') continue;
      sink.passed(line);
      const m = LINE.exec(text);
      if (!m) {
        if (!writer.append(text)) writer.write({ time: undefined, line, message: text, ...describe(text) });
        continue;
      }
      const stream = m[1]!;
      const body = text.slice(m[0].length);
      const earlier = open.get(stream);
      if (m[2]!.startsWith('P')) {
        const part = earlier ?? { line, parts: [], length: 0 };
        if (part.length < MAX_JOINED) part.parts.push(body);
        part.length += body.length;
        open.set(stream, part);
        continue;
      }
      open.delete(stream);
      const stamp = stampAt(text, 0);
      const message = earlier ? earlier.parts.join('') + body : body;
      const time = stamp ? clock.resolve(stamp, line) : undefined;
      writeLine(writer, { message, labels: { stream } }, time, earlier?.line ?? line);
    }
    for (const [stream, part] of open) {
      sink.problem('TRUNCATED', { kept: 'a partial line without its end' }, part.line);
      writeLine(writer, { message: part.parts.join(''), labels: { stream } }, undefined, part.line);
    }
    writer.finish();
    sink.format('CRI');
  },
};
