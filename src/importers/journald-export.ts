import { writeEntry } from '../logs/journal.js';
import { LogWriter } from '../logs/writer.js';
import type { Importer } from './importer.js';

const FIELD = /^(\s{0,8})([A-Z_][A-Z0-9_]{0,63})=(.*)$/;
/** First line of an entry of `-o verbose`; the cursor behind it holds the realtime in `t=`, hexadecimal. */
const VERBOSE = /^[A-Z][a-z]{2} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})? \S{1,40} \[s=[^\]]{1,400}\]$/;
const CURSOR = /(?:^|;)t=([0-9a-f]{6,16})(?:;|\]|$)/;

type Fields = Record<string, string>;

/**
 * `journalctl -o export`, blocks of `FIELD=value` between blank lines, and `-o verbose`, the same indented under a line
 * with the time. Fields that hold line feeds are binary in the first form: name, length and bytes, whose length is lost
 * in a text; their lines are taken up to the next field.
 *
 *     __REALTIME_TIMESTAMP=1714989600123456
 *     _HOSTNAME=n1
 *     PRIORITY=3
 *     MESSAGE=nf_conntrack: table full, dropping packet
 */
export const journaldExport: Importer = {
  id: 'journald-export',
  title: 'systemd journal, export and verbose form',
  format: { reference: 'https://systemd.io/JOURNAL_EXPORT_FORMATS/', versions: 'systemd 38 and newer' },
  sniff({ lines }) {
    const start = lines.slice(0, 200);
    const fields = start.filter((line) => FIELD.test(line)).length;
    if (start.some((line) => VERBOSE.test(line)) && fields > 0) return 0.97;
    return start.some((line) => line.startsWith('__REALTIME_TIMESTAMP=')) && fields > 2 ? 0.97 : 0;
  },
  async read(file, sink) {
    const writer = new LogWriter(sink);
    const entries = new Entries((fields, line) => {
      writeEntry(writer, fields, line);
    });
    let number = 0;
    for await (const line of file.lines()) {
      number++;
      sink.passed(number);
      entries.line(line, number);
    }
    entries.flush();
    sink.format(`journalctl -o ${entries.verbose ? 'verbose' : 'export'}`);
    writer.finish();
  },
};

class Entries {
  readonly #write: (fields: Fields, line: number) => void;
  #fields: Fields | undefined;
  #first = 0;
  /** Field whose value may go on. */
  #open: string | undefined;
  verbose = false;

  constructor(write: (fields: Fields, line: number) => void) {
    this.#write = write;
  }

  line(text: string, number: number): void {
    if (VERBOSE.test(text)) {
      this.flush();
      this.verbose = true;
      const stamp = CURSOR.exec(text.slice(text.indexOf('[') + 1))?.[1];
      if (stamp !== undefined) this.#put('__REALTIME_TIMESTAMP', BigInt(`0x${stamp}`).toString(), number);
      return;
    }
    const field = FIELD.exec(text);
    if (field !== null) this.#put(field[2]!, field[3]!, number);
    else if (text === '' && !this.verbose && this.#fields?.['__REALTIME_TIMESTAMP'] !== undefined) this.flush();
    else if (/^[A-Z_][A-Z0-9_]{0,63}$/.test(text)) this.#put(text, '', number);
    else this.#more(text);
  }

  #put(name: string, value: string, number: number): void {
    if (this.#fields === undefined) {
      this.#fields = Object.create(null) as Fields;
      this.#first = number;
    }
    // repeated fields: the first one counts
    this.#open = name in this.#fields ? undefined : name;
    this.#fields[name] ??= value;
  }

  #more(text: string): void {
    const name = this.#open;
    if (name === undefined || this.#fields === undefined) return;
    const before = this.#fields[name]!;
    // the length, eight bytes, is no text

    const clean = before === '' ? text.replace(/^.{0,8}?[\u0000-\u0008\ufffd]{2,8}/, '').trimStart() : text.trimEnd();
    if (before.length < 65_536) this.#fields[name] = before === '' ? clean : `${before}\n${clean}`;
  }

  flush(): void {
    if (this.#fields !== undefined) this.#write(this.#fields, this.#first);
    this.#fields = this.#open = undefined;
  }
}
