import { get, jsonDocuments, list, str } from '../dump/json.js';
import { levelOf, levelOfSeverity } from '../logs/level.js';
import { kernelLine } from '../logs/syslog-line.js';
import { LogWriter } from '../logs/writer.js';
import { describe } from '../logs/message.js';
import { plausible } from '../logs/clock.js';
import type { Importer } from './importer.js';

/**
 * `journalctl -o json` (one object per line), `-o json-pretty` and `-o json-sse`. All values are strings; microseconds
 * since the epoch; fields that are no UTF-8 are arrays of byte numbers, overlong ones `null`, repeated ones arrays.
 *
 *     {"__REALTIME_TIMESTAMP":"1594109501754262","_TRANSPORT":"kernel","PRIORITY":"4","_HOSTNAME":"n1","MESSAGE":"…"}
 */
export const journaldJson: Importer = {
  id: 'journald-json',
  title: 'systemd journal as JSON',
  format: { reference: 'https://systemd.io/JOURNAL_EXPORT_FORMATS/', versions: 'systemd 38 and newer' },
  sniff(head) {
    return /"__REALTIME_TIMESTAMP"\s{0,5}:\s{0,5}"\d/.test(head.text) && /^\s{0,20}(?:data: )?[[{]/.test(head.text)
      ? 0.98
      : 0;
  },
  async read(file, sink) {
    const writer = new LogWriter(sink);
    sink.format('journalctl -o json');
    for await (const document of jsonDocuments(file, sink)) {
      for (const entry of Array.isArray(document.value) ? list(document.value) : [document.value]) {
        writeEntry(writer, entry, document.line);
      }
    }
    writer.finish();
  },
};

function writeEntry(writer: LogWriter, entry: unknown, line: number): void {
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
