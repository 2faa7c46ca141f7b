import type { TextForm } from '../types/dump.js';
import type { Encoding } from './encoding.js';

/** Counts lines by how they end, of a text or of its bytes that come in pieces. */
export class LineEnds {
  #lf = 0;
  #crlf = 0;
  #crcrlf = 0;
  /** The last two units of the pieces before. */
  #before: readonly [number, number] = [FEED, FEED];
  #ended = false;

  take(piece: Uint8Array | string): void {
    const { length } = piece;
    if (length === 0) return;
    const unit = (i: number): number => (typeof piece === 'string' ? piece.charCodeAt(i) : piece[i]!);
    const at = (i: number): number => (i >= 0 ? unit(i) : this.#before[i + 2]!);
    const find = (from: number): number =>
      typeof piece === 'string' ? piece.indexOf('\n', from) : piece.indexOf(FEED, from);
    for (let i = find(0); i >= 0; i = find(i + 1)) {
      if (at(i - 1) !== RETURN) this.#lf++;
      else if (at(i - 2) === RETURN) this.#crcrlf++;
      else this.#crlf++;
    }
    this.#before = [at(length - 2), at(length - 1)];
  }

  /** There are no further pieces. */
  end(): void {
    this.#ended = true;
  }

  /** The form of the text; its lines are known at the end. */
  form(encoding: Encoding, bom: boolean): TextForm {
    if (!this.#ended) return { encoding, bom };
    const open = this.#before[1] === FEED ? 0 : 1;
    return { encoding, bom, lines: { lf: this.#lf, crlf: this.#crlf, crcrlf: this.#crcrlf, open } };
  }
}

/** The pieces, counted on their way. */
export async function* countedEnds<Piece extends Uint8Array | string>(
  pieces: AsyncIterable<Piece>,
  ends: LineEnds,
): AsyncGenerator<Piece> {
  for await (const piece of pieces) {
    ends.take(piece);
    yield piece;
  }
  ends.end();
}

const FEED = 10;
const RETURN = 13;

/** Form of a whole text, decoded but with its carriage returns. */
export function formOf(text: string, bytes: Uint8Array, encoding: Encoding): TextForm {
  const ends = new LineEnds();
  ends.take(text);
  ends.end();
  return ends.form(encoding, hasMark(bytes));
}

/** Whether bytes begin with the byte-order mark of UTF-8 or UTF-16. */
export function hasMark(bytes: Uint8Array): boolean {
  const [a, b, c] = bytes;
  return (a === 0xef && b === 0xbb && c === 0xbf) || (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
}
