const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
/** Splits a double in two halves of 26 bits (Veltkamp). */
const SPLIT = 134_217_729;
const MARGIN = 2 ** -48;

/**
 * Reads decimal numbers without sign and exponent straight from bytes, exactly rounded as `Number()` does it. One
 * object is used again and again, so that nothing is allocated for a number.
 */
export class Decimal {
  /** The number read last. */
  value = 0;

  /** @returns the position behind the number; −1 when it is not of the plain form or cannot be rounded safely here */
  // eslint-disable-next-line complexity -- four loops over digits, for each number of a large file: calls would cost more
  read(bytes: Uint8Array, from: number): number {
    let i = from;
    let byte = bytes[i]!;
    let head = 0;
    while (byte >= 48 && byte <= 57 && head < 1e14) {
      head = head * 10 + (byte - 48);
      byte = bytes[++i]!;
    }
    if (i === from) return -1;
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
    if (tailDigits === 0) {
      // two whole numbers below 2^53 and a power of ten that is exact: the quotient is the nearest double
      this.value = decimals === 0 ? head : head / POWERS[decimals]!;
      return i;
    }
    if (tailDigits > 6) return -1;
    return this.#divide(head, tail, POWERS[tailDigits]!, POWERS[decimals]!) ? i : -1;
  }

  /**
   * (head · shift + tail) / divisor in double-double arithmetic (Dekker 1971), rounded once. Where the quotient lies so
   * close to the middle of two doubles that its error could matter, it says no (Ziv's test).
   */
  #divide(head: number, tail: number, shift: number, divisor: number): boolean {
    const product = head * shift;
    let t = SPLIT * head;
    const headHigh = t - (t - head);
    const headLow = head - headHigh;
    // shift has at most 20 bits, so these products are exact
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
