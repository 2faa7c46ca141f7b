import { get, list, str } from '../dump/json.js';
import { plausible } from './clock.js';
import { levelOf, levelOfSeverity } from './level.js';
import { describe } from './message.js';
import { kernelLine } from './syslog-line.js';
import type { LogWriter } from './writer.js';

/** Writes one entry of the systemd journal, an object of its fields. */
export function writeEntry(writer: LogWriter, entry: unknown, line: number): void {
  const time = microseconds(str(get(entry, '__REALTIME_TIMESTAMP')));
  const message = textOf(get(entry, 'MESSAGE')) ?? '';
  const priority = str(get(entry, 'PRIORITY'));
  const isKernel = get(entry, '_TRANSPORT') === 'kernel';
  const told = isKernel ? { level: levelOf(message) } : describe(message);
  writer.write({
    ...told,
    message,
    ...(isKernel ? kernelLine(message) : {}),
    time,
    line,
    level: priority === undefined ? told.level : levelOfSeverity(Number(priority)),
    labels: { ...labelsOf(entry), ...('labels' in told ? told.labels : {}) },
  });
}

function labelsOf(entry: unknown): Record<string, string> {
  const labels: Record<string, string> = {};
  const put = (name: string, ...fields: readonly string[]): void => {
    for (const field of fields) {
      const text = textOf(get(entry, field));
      if (text !== undefined && text !== '') {
        labels[name] = text;
        return;
      }
    }
  };
  put('node', '_HOSTNAME');
  put('program', 'SYSLOG_IDENTIFIER', '_COMM');
  put('pid', '_PID', 'SYSLOG_PID');
  put('unit', '_SYSTEMD_UNIT', 'UNIT');
  put('pod', 'CONTAINER_POD_NAME', 'K8S_POD_NAME');
  put('container', 'CONTAINER_NAME');
  return labels;
}

function microseconds(digits: string | undefined): number | undefined {
  if (digits === undefined || !/^\d{10,18}$/.test(digits)) return undefined;
  const time = Number(digits.slice(0, -3)) + Number(digits.slice(-3)) / 1000;
  return plausible(time) ? time : undefined;
}

/** Text of a field: a string, the bytes of one, or the first of several. */
function textOf(field: unknown): string | undefined {
  if (typeof field === 'string') return field;
  const items = list(field);
  if (items.length === 0) return undefined;
  if (!items.every((item) => typeof item === 'number')) return textOf(items[0]);
  return new TextDecoder().decode(Uint8Array.from(items));
}
