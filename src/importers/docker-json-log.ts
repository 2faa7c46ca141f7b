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
    const open = new Map<string, Piece>();
    let line = 0;
    for await (const text of file.lines()) {
      line++;
      if (text === '') continue;
      const piece = pieceOf(text, line);
      if (!piece) {
        sink.problem('BAD_JSON', { reason: 'line' }, line);
        continue;
      }
      const earlier = open.get(piece.stream);
      const whole = earlier ? { ...piece, line: earlier.line, log: earlier.log + piece.log } : piece;
      if (!piece.log.endsWith('\n') && whole.log.length < MAX_JOINED) {
        open.set(piece.stream, whole);
        continue;
      }
      open.delete(piece.stream);
      put(whole, writer, clock);
    }
    for (const piece of open.values()) put(piece, writer, clock);
    writer.finish();
    sink.format('Docker json-file');
  },
};

/** One JSON line, or several that belong together. */
interface Piece {
  readonly line: number;
  readonly stream: string;
  readonly log: string;
  readonly time: string;
}

function pieceOf(text: string, line: number): Piece | undefined {
  const parsed = parseJson(text);
  const log = parsed.ok ? get(parsed.value, 'log') : undefined;
  if (!parsed.ok || typeof log !== 'string') return undefined;
  const { value } = parsed;
  return { line, log, stream: str(get(value, 'stream')) ?? 'stdout', time: str(get(value, 'time')) ?? '' };
}

function put(piece: Piece, writer: LogWriter, clock: LogClock): void {
  const stamp = wholeStamp(piece.time);
  const time = stamp ? clock.resolve(stamp, piece.line) : undefined;
  writeLine(writer, { message: piece.log.trimEnd(), labels: { stream: piece.stream } }, time, piece.line);
}
