import type { Bytes, Milliseconds } from './units.js';

/** First part of a file, decoded: all that recognition may look at. */
export interface Head {
  /** Path inside the dump, `/` separated; a member of an archive is `archive.tar.gz!/member`. A hint only, never decisive. */
  readonly path: string;
  /** Up to 64 KiB of text, terminal noise removed, line ends normalised to `\n`. */
  readonly text: string;
  /** The first lines of `text`; the last one may be cut. */
  readonly lines: readonly string[];
  /** The raw first bytes, before decoding. */
  readonly bytes: Uint8Array;
  /** Whether `text` is the whole file. */
  readonly complete: boolean;
}

/** How a text was written: what reading it takes away. */
export interface TextForm {
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'windows-1252' | 'binary';
  /** Whether a byte-order mark began it. */
  readonly bom: boolean;
  /** Lines by how they end; the last one may have no end. Absent when the file was not read as lines. */
  readonly lines?: { readonly lf: number; readonly crlf: number; readonly crcrlf: number; readonly open: number };
}

/**
 * One file (or archive member) on its way through the importers. It can be read once, as bytes or as lines;
 * nothing ever holds a large file as one string.
 */
export interface DumpFile {
  readonly path: string;
  /** Size in bytes where known beforehand. */
  readonly size?: Bytes;
  /** Modification time from the file system or the archive. */
  readonly modified?: Milliseconds;
  readonly head: Head;
  /** The content is held in memory: it can be read more than once. */
  readonly whole?: boolean;
  /** How it was written, as far as it has been read. */
  form?(): TextForm;
  /**
   * Decoded UTF-8 bytes (byte-order mark removed, other encodings converted). Terminal noise is kept. A chunk that is
   * `lent` holds good until the next is asked for, which spares memory; others are the caller's.
   */
  bytes(options?: { readonly lent?: boolean }): AsyncIterable<Uint8Array>;
  /** Lines without their end (`\n`, `\r\n`), terminal noise removed. */
  lines(): AsyncIterable<string>;
  /** The whole text; throws a `RangeError` above `limit` bytes (default 64 MiB). For small files only. */
  text(limit?: Bytes): Promise<string>;
}

/** An opened dump: walking it yields every file once, archives unpacked on the way. */
export interface Dump {
  readonly name: string;
  walk(): AsyncIterable<DumpFile>;
  /** What was skipped or repaired while opening; complete after `walk` has ended. */
  readonly problems: readonly import('./problem.js').Problem[];
  /** SHA-256 over the sorted (path, content) of what was given; known after `walk` has ended. */
  sha256(): string;
}
