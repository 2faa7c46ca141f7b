import { get, list, num, str } from '../dump/json.js';
import { plausible } from '../logs/clock.js';
import { levelOf, levelOfWord, type Level } from '../logs/level.js';
import { nanoseconds } from '../logs/time.js';
import { describe } from '../logs/message.js';
import type { LogWriter } from '../logs/writer.js';
import { anyValue, attributes } from './attributes.js';
import { digits } from './otlp-spans.js';
import { entityLabels } from './span.js';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/** Log records of one element of `resourceLogs`. */
export function readResourceLogs(resourceLogs: unknown, line: number, writer: LogWriter): void {
  const resource = attributes(get(resourceLogs, 'resource', 'attributes'));
  const service = resource.get('service.name');
  const labels = { ...entityLabels((name) => resource.get(name)), ...(service === undefined ? {} : { service }) };
  const scopes = [...list(get(resourceLogs, 'scopeLogs')), ...list(get(resourceLogs, 'instrumentationLibraryLogs'))];
  for (const scope of scopes) {
    const logger = str(get(scope, 'scope', 'name'));
    for (const record of list(get(scope, 'logRecords') ?? get(scope, 'logs'))) {
      const given = digits(get(record, 'timeUnixNano')) ?? digits(get(record, 'observedTimeUnixNano'));
      const time = given === undefined ? Number.NaN : nanoseconds(given);
      const message = anyValue(get(record, 'body'));
      const trace = str(get(record, 'traceId'));
      writer.write({
        ...describe(message),
        message,
        time: plausible(time) ? time : undefined,
        line,
        level: severity(get(record, 'severityNumber'), str(get(record, 'severityText'))) ?? levelOf(message),
        labels: {
          ...labels,
          ...(logger === undefined || logger === '' ? {} : { logger }),
          ...(trace === undefined || trace === '' ? {} : { trace }),
        },
      });
    }
  }
}

/** 1–4 trace … 21–24 fatal; the number may also be an enum name (`SEVERITY_NUMBER_INFO2`). */
function severity(value: unknown, text: string | undefined): Level | undefined {
  const number = num(value);
  if (number >= 1 && number <= 24) return LEVELS[Math.floor((number - 1) / 4)];
  const name = str(value)?.replace(/^SEVERITY_NUMBER_/, '') ?? '';
  return levelOfWord(name) ?? levelOfWord(text ?? '');
}
