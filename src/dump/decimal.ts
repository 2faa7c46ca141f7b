const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const EXACT = 2 ** 53;
/** Splits a double in two halves of 26 bits (Veltkamp). */
const SPLIT = 134_217_729;
const MARGIN = 2 ** -48;
/** Digits that a 32-bit integer holds whatever they are. */
const WORD = 9;

/**
 * Reads decimal numbers without sign and exponent straight from bytes, exactly rounded as `Number()` does it. One
 * object is used again and again, so that nothing is allocated for a number.
 */
export class Decimal {
  /** The number read last. */
  value = 0;

  /** @returns the position behind the number; −1 when it is not of the plain form or cannot be rounded safely here */
  // eslint-disable-next-line complexity -- loops over digits, for each number of a large file: calls would cost more
  read(bytes: Uint8Array, from: number): number {
    let i = from;
    let digit = bytes[i]! - 48;
    let whole = 0;
    let stop = i + WORD;
    // 32-bit integers take a third of the time of doubles, so digits are gathered nine at a time
    for (; digit >= 0 && digit <= 9 && i < stop; digit = bytes[++i]! - 48) whole = (whole * 10 + digit) | 0;
    if (i === from) return -1;
    let head = whole;
    if (digit >= 0 && digit <= 9) {
      let more = 0;
      stop = i + 6;
      const start = i;
      for (; digit >= 0 && digit <= 9 && i < stop; digit = bytes[++i]! - 48) more = (more * 10 + digit) | 0;
      if (digit >= 0 && digit <= 9) return this.#long(bytes, from);
      head = whole * POWERS[i - start]! + more;
    }
    if (digit !== 0x2e - 48) {
      this.value = head;
      return i;
    }
    const point = i;
    stop = i + 1 + WORD;
    digit = bytes[++i]! - 48;
    let near = 0;
    for (; digit >= 0 && digit <= 9 && i < stop; digit = bytes[++i]! - 48) near = (near * 10 + digit) | 0;
    const decimals = i - point - 1;
    if (decimals === 0) return -1;
    const mantissa = head * POWERS[decimals]! + near;
    if (digit >= 0 && digit <= 9)
      return mantissa < EXACT ? this.#further(bytes, i, mantissa, from) : this.#long(bytes, from);
    // a whole number below 2^53 and a power of ten that is exact: the quotient is the nearest double
    if (mantissa < EXACT) this.value = mantissa / POWERS[decimals]!;
    else if (!this.#divide(head, near, POWERS[decimals]!, POWERS[decimals]!)) return -1;
    return i;
  }

  /** Goes on behind nine decimals; `head` is all that was read. */
  #further(bytes: Uint8Array, from: number, head: number, start: number): number {
    let i = from;
    let digit = bytes[i]! - 48;
    let tail = 0;
    const stop = from + WORD;
    for (; digit >= 0 && digit <= 9 && i < stop; digit = bytes[++i]! - 48) tail = (tail * 10 + digit) | 0;
    if (digit >= 0 && digit <= 9) return this.#long(bytes, start);
    const shift = POWERS[i - from]!;
    const divisor = POWERS[i - from + WORD]!;
    const mantissa = head * shift + tail;
    if (mantissa < EXACT) this.value = mantissa / divisor;
    else if (!this.#divide(head, tail, shift, divisor)) return -1;
    return i;
  }

  /** Numbers of many digits: fifteen of them, then the rest. */
  // eslint-disable-next-line complexity -- four loops over digits
  #long(bytes: Uint8Array, from: number): number {
    let i = from;
    let byte = bytes[i]!;
    let head = 0;
    while (byte >= 48 && byte <= 57 && head < 1e14) {
      head = head * 10 + (byte - 48);
      byte = bytes[++i]!;
    }
    let tail = 0;
    let tailDigits = 0;
    while (byte >= 48 && byte <= 57) {
      tail = tail * 10 + (byte - 48);
      tailDigits += 1;
      byte = bytes[++i]!;
    }
    let decimals = 0;
    if (byte === 0x2e) {
      const point = i;
      byte = bytes[++i]!;
      while (byte >= 48 && byte <= 57 && head < 1e14 && tailDigits === 0) {
        head = head * 10 + (byte - 48);
        byte = bytes[++i]!;
      }
      while (byte >= 48 && byte <= 57) {
        tail = tail * 10 + (byte - 48);
        tailDigits += 1;
        byte = bytes[++i]!;
      }
      decimals = i - point - 1;
      if (decimals === 0 || decimals > 22) return -1;
    }
    if (tailDigits > 6) return -1;
    if (tailDigits === 0) this.value = decimals === 0 ? head : head / POWERS[decimals]!;
    else if (!this.#divide(head, tail, POWERS[tailDigits]!, POWERS[decimals]!)) return -1;
    return i;
  }

  /**
   * (head · shift + tail) / divisor in double-double arithmetic (Dekker 1971), rounded once. Where the quotient lies so
   * close to the middle of two doubles that its error could matter, it says no (Ziv's test).
   * @param head whole and below 2^53 @param tail whole and below `shift`
   */
  #divide(head: number, tail: number, shift: number, divisor: number): boolean {
    const product = head * shift;
    let t = SPLIT * head;
    const headHigh = t - (t - head);
    const headLow = head - headHigh;
    // 10^9 and less are 21 bits and zeros, so these products are exact
    const error = headHigh * shift - product + headLow * shift;
    const high = product + tail;
    const low = tail - (high - product) + error;
    const quotient = high / divisor;
    const back = quotient * divisor;
    t = SPLIT * quotient;
    const quotientHigh = t - (t - quotient);
    const quotientLow = quotient - quotientHigh;
    t = SPLIT * divisor;
    const divisorHigh = t - (t - divisor);
    const divisorLow = divisor - divisorHigh;
    const backError =
      quotientLow * divisorLow -
      (back - quotientHigh * divisorHigh - quotientLow * divisorHigh - quotientHigh * divisorLow);
    const rest = (high - back - backError + low) / divisor;
    this.value = quotient + rest;
    const margin = rest * MARGIN;
    return quotient + (rest + margin) === this.value && quotient + (rest - margin) === this.value;
  }
}
