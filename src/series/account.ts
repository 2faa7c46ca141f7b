/** Most lines that an account is kept of: of longer files the beginning shows what is not understood. */
const MOST = 4_000_000;
const HOLDS_NUMBERS = 1;
const READ = 2;
/** Texts kept until it is clear whether their line is read. */
const KEPT = 64;

/** Lines that hold numbers, and those that were read: what is left was lost. */
export class LineAccount {
  #marks = NONE;
  #last = 0;
  #texts = new Map<number, string>();

  /** Takes a line that holds numbers. */
  line(line: number, text: string): void {
    if (line >= MOST || this.#marks[line] === READ) return;
    if (line >= this.#marks.length) this.#grow(line);
    this.#last = line;
    this.#marks[line]! |= HOLDS_NUMBERS;
    if (this.#texts.size >= KEPT) this.#sweep();
    if (this.#texts.size < KEPT) this.#texts.set(line, text);
  }

  /** Something was put in, or said, for a line. */
  read(line: number): void {
    if (line <= 0 || line >= MOST) return;
    if (line >= this.#marks.length) this.#grow(line);
    this.#marks[line]! |= READ;
  }

  /** Whether a line was read. */
  has(line: number): boolean {
    return ((this.#marks[line] ?? 0) & READ) !== 0;
  }

  /** Lines that were lost: how many, and the first. */
  lost(): { readonly count: number; readonly line: number; readonly text: string } | null {
    let count = 0;
    let first = 0;
    for (let line = 1; line <= this.#last; line++) {
      if (this.#marks[line] !== HOLDS_NUMBERS) continue;
      count++;
      if (first === 0) first = line;
    }
    return count === 0 ? null : { count, line: first, text: this.#texts.get(first) ?? '' };
  }

  #sweep(): void {
    for (const line of this.#texts.keys()) if (this.#marks[line] !== HOLDS_NUMBERS) this.#texts.delete(line);
  }

  #grow(line: number): void {
    const wider = new Uint8Array(Math.max(line + 1, 256, this.#marks.length * 2));
    wider.set(this.#marks);
    this.#marks = wider;
  }
}

const NONE = new Uint8Array(0);
