import { jsonDocuments, list } from '../dump/json.js';
import { writeEntry } from '../logs/journal.js';
import { LogWriter } from '../logs/writer.js';
import type { Importer } from './importer.js';

/**
 * `journalctl -o json` (one object per line), `-o json-pretty`, `-o json-sse` and `-o json-seq`. All values are strings; microseconds
 * since the epoch; fields that are no UTF-8 are arrays of byte numbers, overlong ones `null`, repeated ones arrays.
 *
 *     {"__REALTIME_TIMESTAMP":"1594109501754262","_TRANSPORT":"kernel","PRIORITY":"4","_HOSTNAME":"n1","MESSAGE":"…"}
 */
export const journaldJson: Importer = {
  id: 'journald-json',
  title: 'systemd journal as JSON',
  format: { reference: 'https://systemd.io/JOURNAL_EXPORT_FORMATS/', versions: 'systemd 38 and newer' },
  sniff(head) {
    return /"__REALTIME_TIMESTAMP"\s{0,5}:\s{0,5}"\d/.test(head.text) &&
      /^\s{0,20}(?:data: |\u001e)?[[{]/.test(head.text)
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
