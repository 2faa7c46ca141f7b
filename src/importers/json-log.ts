import { asObject, parseJson } from '../dump/json.js';
import { LogClock } from '../logs/clock.js';
import { jsonLookup, structured } from '../logs/fields.js';
import { kubeskoopObject } from '../logs/kubeskoop.js';
import { levelOf } from '../logs/level.js';
import { wholeStamp, type Stamp } from '../logs/time.js';
import { share } from '../logs/read.js';
import { LogWriter } from '../logs/writer.js';
import type { Importer } from './importer.js';

const TIMED =
  /"(?:@timestamp|timestamp|ts|time|t|datetime|date|asctime|_time|eventTime|timeMillis|@t|Timestamp|Time)"\s{0,3}:\s{0,3}["\d]/;
const TOLD =
  /"(?:level|lvl|severity|log\.level|levelname|loglevel|log_level|@level|@l|msg|message|@message|textPayload|event|Message|SeverityText)"\s{0,3}:/;

const OBJECT = /^\s{0,4}\{\s{0,2}"/;
const DATED = /:\s{0,3}"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/;

/**
 * Structured application logs, one JSON object per line (zap, logrus, pino, bunyan, ECS, Serilog, structlog …). Time,
 * level and message are found by the names that loggers give them; a broken line costs only itself.
 */
export const jsonLog: Importer = {
  id: 'json-log',
  title: 'Application log, JSON lines',
  format: { reference: 'https://jsonlines.org/', versions: 'ECS, zap, logrus, pino, bunyan, Serilog and alike' },
  sniff(head) {
    const part = share(
      head,
      (line) => OBJECT.test(line) && TIMED.test(line) && (TOLD.test(line) || line.length >= 2000),
    );
    if (part >= 0.3) return 0.35 + 0.4 * part;
    // fields of other names, but a time in one of them
    const dated = share(head, (line) => OBJECT.test(line) && DATED.test(line));
    return dated < 0.5 ? 0 : 0.2 + 0.2 * dated;
  },
  async read(file, sink) {
    const clock = new LogClock(sink);
    const writer = new LogWriter(sink);
    let line = 0;
    for await (const text of file.lines()) {
      line++;
      const trimmed = text.trim();
      if (trimmed === '') continue;
      const parsed = trimmed.startsWith('{') ? parseJson(trimmed) : undefined;
      const object = parsed?.ok && !parsed.repaired ? asObject(parsed.value) : undefined;
      if (!object) {
        sink.problem('BAD_JSON', { reason: parsed && !parsed.ok ? parsed.reason : 'syntax' }, line);
        continue;
      }
      writeObject(object, trimmed, line, clock, writer);
    }
    writer.finish();
    sink.format('JSON lines');
  },
};

/** The first field that is a date and time, for entries that name it unusually. */
function anyStamp(object: Readonly<Record<string, unknown>>): Stamp | undefined {
  for (const value of Object.values(object).slice(0, 60)) {
    const stamp = typeof value === 'string' && /^\d{4}-\d\d-\d\d[T ]/.test(value) ? wholeStamp(value) : undefined;
    if (stamp) return stamp;
  }
  return undefined;
}

function writeObject(
  object: Readonly<Record<string, unknown>>,
  text: string,
  line: number,
  clock: LogClock,
  writer: LogWriter,
): void {
  const { stamp, level, message = text, labels } = structured(jsonLookup(object));
  const when = stamp ?? anyStamp(object);
  const time = when ? clock.resolve(when, line) : undefined;
  const event = kubeskoopObject(object);
  if (event) writer.write({ ...event, time: event.time ?? time, level: 'line', line });
  else writer.write({ time, line, message, level: level ?? levelOf(message), labels });
}
