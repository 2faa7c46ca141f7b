/** Packings that are opened. */
export type Packing = 'gzip' | 'zstd' | 'xz' | 'bzip2' | 'zip' | 'tar';

const PACKINGS: readonly (readonly [Packing, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
];

/** The packing told by the first bytes, or null. */
export function packingOf(head: Uint8Array): Packing | null {
  for (const [packing, magic] of PACKINGS) if (startsWith(head, magic)) return packing;
  // `ustar` at 257; a plain tar of an older form has no mark and is known by its header checksum
  if (head.length >= 512 && (startsWith(head, USTAR, 257) || tarChecksumFits(head))) return 'tar';
  return null;
}

const USTAR = bytesOf('ustar');

function tarChecksumFits(head: Uint8Array): boolean {
  // mode and owner are octal digits, ended by a space or zero: no text file has that there
  if (!isOctal(head[104]!) || !isOctal(head[112]!) || head[107]! > 32 || head[0] === 0) return false;
  const stated = parseInt(ascii(head, 148, 8), 8);
  if (!Number.isFinite(stated)) return false;
  let sum = 0;
  for (let i = 0; i < 512; i++) sum += i >= 148 && i < 156 ? 32 : head[i]!;
  return sum === stated;
}

function isOctal(byte: number): boolean {
  return byte >= 48 && byte <= 55;
}

const BINARIES: readonly (readonly [string, readonly number[] | string])[] = [
  ['SQLite database', 'SQLite format 3\0'],
  ['pcap capture; save it as text with tshark -T fields', [0xd4, 0xc3, 0xb2, 0xa1]],
  ['pcap capture; save it as text with tshark -T fields', [0xa1, 0xb2, 0xc3, 0xd4]],
  ['pcap capture; save it as text with tshark -T fields', [0x4d, 0x3c, 0xb2, 0xa1]],
  ['pcapng capture; save it as text with tshark -T fields', [0x0a, 0x0d, 0x0d, 0x0a]],
  ['ELF program', [0x7f, 0x45, 0x4c, 0x46]],
  ['PNG image; export the data of the panel instead', [0x89, 0x50, 0x4e, 0x47]],
  ['JPEG image; export the data of the panel instead', [0xff, 0xd8, 0xff]],
  ['GIF image', 'GIF8'],
  ['PDF document', '%PDF-'],
  ['RAR archive; pack it as zip or tar', 'Rar!'],
  ['7-Zip archive; pack it as zip or tar', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['old Office file (.xls, .msg); save a table as CSV, a mail as .eml', [0xd0, 0xcf, 0x11, 0xe0]],
  ['perf.data recording; save it as text with perf script', 'PERFILE2'],
  ['systemd journal; save it as text with journalctl --file FILE -o json', 'LPKSHHRH'],
  ['Parquet file; save it as CSV', 'PAR1'],
  ['Java class or heap file', [0xca, 0xfe, 0xba, 0xbe]],
  ['Java heap dump', 'JAVA PROFILE'],
  ['LZ4 archive; pack it as zip or tar', [0x04, 0x22, 0x4d, 0x18]],
];

/** The signatures by their first byte: most text files are told from all of them at once. */
const SIGNATURES = new Map<number, [string, readonly number[]][]>();
for (const [kind, magic] of BINARIES) {
  const bytes = typeof magic === 'string' ? bytesOf(magic) : magic;
  SIGNATURES.set(bytes[0]!, [...(SIGNATURES.get(bytes[0]!) ?? []), [kind, bytes]]);
}

/** What a file that is not text is, in words; null for text. */
export function binaryKind(head: Uint8Array): string | null {
  for (const [kind, magic] of SIGNATURES.get(head[0] ?? -1) ?? []) if (startsWith(head, magic)) return kind;
  // label magic 0x50052600 + version behind a 4-byte record length
  if (head.length >= 8 && head[4] === 0x50 && head[5] === 0x05 && head[6] === 0x26)
    return 'PCP archive; save it as text with pmrep -o csv';
  if (head.length >= 2 && head[0] === 0x96 && head[1] === 0xd5)
    return 'sysstat data file; save it as text with sadf -j FILE -- -A';
  if (head.length >= 2 && head[0] === 0xd5 && head[1] === 0x96)
    return 'sysstat data file; save it as text with sadf -j FILE -- -A';
  return null;
}

function startsWith(head: Uint8Array, magic: readonly number[], at = 0): boolean {
  if (head.length < at + magic.length) return false;
  for (let i = 0; i < magic.length; i++) if (head[at + i] !== magic[i]) return false;
  return true;
}

function bytesOf(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

function ascii(head: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...head.subarray(from, from + length));
}
