/** Text encodings that customers send. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'windows-1252' | 'binary';

const STRICT = new TextDecoder('utf-8', { fatal: true });
const SAMPLE = 4096;

/**
 * Encoding of a text by its first bytes: byte-order mark, zero bytes in every second place (UTF-16 without a mark),
 * valid UTF-8, else GB18030 (what a Chinese Excel writes), else Windows-1252. `binary` when it is no text.
 * @param whole whether `head` is the whole file; otherwise its last character may be cut
 */
export function detectEncoding(head: Uint8Array, whole: boolean): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const sample = head.length > SAMPLE ? head.subarray(0, SAMPLE) : head;
  if (sample.includes(0)) return withZeros(sample);
  if (isValid(STRICT, head, whole)) return 'utf-8';
  if (isValid(new TextDecoder('gb18030', { fatal: true }), head, whole)) return 'gb18030';
  // one broken byte in an otherwise plain text is a broken byte, not another encoding
  let high = 0;
  for (const byte of head) if (byte >= 0x80) high += 1;
  return high * 20 < head.length ? 'utf-8' : 'windows-1252';
}

function withZeros(sample: Uint8Array): Encoding {
  let even = 0;
  let odd = 0;
  for (let i = 0; i < sample.length; i++) {
    if (sample[i] !== 0) continue;
    if (i % 2 === 0) even += 1;
    else odd += 1;
  }
  const half = sample.length / 2;
  if (odd > half * 0.6 && even < half * 0.05) return 'utf-16le';
  if (even > half * 0.6 && odd < half * 0.05) return 'utf-16be';
  // a stray NUL in a log is text still
  return even + odd < sample.length * 0.02 ? 'utf-8' : 'binary';
}

function isValid(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array, whole: boolean): boolean {
  // the cut character at the end of a sample must not tell against the encoding
  for (let drop = 0; drop <= (whole ? 0 : 3); drop++) {
    try {
      decoder.decode(bytes.subarray(0, bytes.length - drop));
      return true;
    } catch {
      continue;
    }
  }
  return false;
}

/** Encoding and text of a whole file in one go; what cannot be decoded becomes U+FFFD, the mark is removed. */
export function decodeWhole(bytes: Uint8Array): { encoding: Encoding; text: string } {
  if (!bytes.subarray(0, SAMPLE).includes(0)) {
    try {
      return { encoding: 'utf-8', text: STRICT.decode(bytes) };
    } catch {
      // another encoding, or a broken byte
    }
  }
  const encoding = detectEncoding(bytes, true);
  return { encoding, text: decode(bytes, encoding) };
}

const LENIENT = new TextDecoder('utf-8');

/** Whole text of bytes; what cannot be decoded becomes U+FFFD. The byte-order mark is removed. */
export function decode(bytes: Uint8Array, encoding: Encoding): string {
  if (encoding === 'utf-8' || encoding === 'binary') return LENIENT.decode(bytes);
  return new TextDecoder(encoding).decode(bytes);
}

/** Text of a stream of bytes, piece by piece. */
export async function* decodeStream(chunks: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding === 'binary' ? 'utf-8' : encoding);
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}
