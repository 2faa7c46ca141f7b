import { get, parseJson, str } from '../dump/json.js';
import { LogClock } from '../logs/clock.js';
import { share, writeLine } from '../logs/read.js';
import { wholeStamp } from '../logs/time.js';
import { LogWriter } from '../logs/writer.js';
import type { Importer } from './importer.js';

const LINE = /^\{"log":".{0,65000}"(?:stream|time)":"/s;
const START = /^\{"log":"/;
const MAX_JOINED = 1_000_000;

/**
 * Docker's json-file driver: `{"log":"text\n","stream":"stdout","time":"2024-05-06T10:00:00.123456789Z"}` per line;
 * a message longer than 16 KiB comes in pieces that do not end in a newline.
 */
export const dockerJsonLog: Importer = {
  id: 'docker-json-log',
  title: 'Container log (Docker json-file)',
  format: { reference: 'https://docs.docker.com/engine/logging/drivers/json-file/', versions: 'all' },
  sniff(head) {
    const part = share(head, (line) => START.test(line) && (LINE.test(line) || line.length >= 2000));
    return part === 0 ? 0 : 0.6 + 0.38 * part;
  },
  async read(file, sink) {
    const clock = new LogClock(sink);
    const writer = new LogWriter(sink);
    const open = new Map<string, { line: number; text: string }>();
    let line = 0;
    for await (const text of file.lines()) {
      line++;
      if (text === '') continue;
      const parsed = parseJson(text);
      const log = parsed.ok ? get(parsed.value, 'log') : undefined;
      if (!parsed.ok || typeof log !== 'string') {
        sink.problem('BAD_JSON', { reason: 'line' }, line);
        continue;
      }
      const stream = str(get(parsed.value, 'stream')) ?? 'stdout';
      const earlier = open.get(stream);
      const joined = (earlier?.text ?? '') + log;
      if (!log.endsWith('\n') && joined.length < MAX_JOINED) {
        open.set(stream, { line: earlier?.line ?? line, text: joined });
        continue;
      }
      open.delete(stream);
      const stamp = wholeStamp(str(get(parsed.value, 'time')) ?? '');
      const time = stamp ? clock.resolve(stamp, line) : undefined;
      writeLine(writer, { message: joined.trimEnd(), labels: { stream } }, time, earlier?.line ?? line);
    }
    for (const [stream, part] of open) writeLine(writer, { message: part.text, labels: { stream } }, undefined, part.line);
    writer.finish();
    sink.format('Docker json-file');
  },
};
