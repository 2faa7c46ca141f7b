import type { TextForm } from '../types/dump.js';
import type { Encoding } from './encoding.js';

/** Counts lines by how they end. */
export class LineEnds {
  #lf = 0;
  #crlf = 0;
  #crcrlf = 0;
  #open = 0;

  /** @param line text of a line up to its `\n`, which is not part of it */
  ended(line: string): void {
    if (line.endsWith('\r\r')) this.#crcrlf++;
    else if (line.endsWith('\r')) this.#crlf++;
    else this.#lf++;
  }

  /** The last line ended with the text. */
  open(): void {
    this.#open++;
  }

  count(): NonNullable<TextForm['lines']> {
    return { lf: this.#lf, crlf: this.#crlf, crcrlf: this.#crcrlf, open: this.#open };
  }
}

/** Form of a whole text, decoded but with its carriage returns. */
export function formOf(text: string, bytes: Uint8Array, encoding: Encoding): TextForm {
  let [lf, crlf, crcrlf] = [0, 0, 0];
  let from = 0;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
    if (end === from || text.charCodeAt(end - 1) !== RETURN) lf++;
    else if (end - from > 1 && text.charCodeAt(end - 2) === RETURN) crcrlf++;
    else crlf++;
    from = end + 1;
  }
  const open = from < text.length ? 1 : 0;
  return { encoding, bom: hasMark(bytes), lines: { lf, crlf, crcrlf, open } };
}

const RETURN = 13;

/** Whether bytes begin with the byte-order mark of UTF-8 or UTF-16. */
export function hasMark(bytes: Uint8Array): boolean {
  const [a, b, c] = bytes;
  return (a === 0xef && b === 0xbb && c === 0xbf) || (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
}
