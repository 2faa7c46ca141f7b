import { asObject, parseJson } from '../dump/json.js';
import { LogClock } from '../logs/clock.js';
import { jsonLookup, structured } from '../logs/fields.js';
import { kubeskoopObject } from '../logs/kubeskoop.js';
import { levelOf } from '../logs/level.js';
import { share } from '../logs/read.js';
import { LogWriter } from '../logs/writer.js';
import type { Importer } from './importer.js';

const TIMED =
  /"(?:@timestamp|timestamp|ts|time|t|datetime|date|asctime|_time|eventTime|timeMillis|@t|Timestamp|Time)"\s{0,3}:\s{0,3}["\d]/;
const TOLD =
  /"(?:level|lvl|severity|log\.level|levelname|loglevel|log_level|@level|@l|msg|message|@message|textPayload|event|Message|SeverityText)"\s{0,3}:/;

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
      (line) => /^\s{0,4}\{\s{0,2}"/.test(line) && TIMED.test(line) && (TOLD.test(line) || line.length >= 2000),
    );
    return part < 0.3 ? 0 : 0.35 + 0.4 * part;
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
      const event = kubeskoopObject(object);
      const { stamp, level, message, labels } = structured(jsonLookup(object));
      const time = stamp ? clock.resolve(stamp, line) : undefined;
      const said = message ?? trimmed;
      if (event) writer.write({ ...event, time: event.time ?? time, level: 'line', line });
      else writer.write({ time, line, message: said, level: level ?? levelOf(said), labels });
    }
    writer.finish();
    sink.format('JSON lines');
  },
};
