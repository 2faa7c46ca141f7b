import type { Opening, Wrapped } from './unpack.js';
import { nameFault } from './member-name.js';
import { PeekStream } from './peek.js';

/** So much of a file is looked at to tell a mail: its head can hold a line for every server it came through. */
export const MAIL_HEAD = 64 * 1024;

const FIELD = /^[!-9;-~]{1,80}:/;
const SENT = ['from', 'subject', 'received', 'return-path'];
const CODED = ['mime-version', 'content-type'];
const MBOX = /^From \S+ .*\d{4}/;

/** Whether a file may begin as a mail does, by its first bytes. */
export function mayBeMail(head: Uint8Array): boolean {
  const first = latin(head.subarray(0, 256)).split('\n', 1)[0]!;
  return FIELD.test(first) || MBOX.test(first);
}

/** Whether a file is a mail (RFC 5322) with coded parts (RFC 2045), or a mailbox of such: head fields and nothing else. */
export function isMail(head: Uint8Array): boolean {
  const lines = latin(head).split(/\r?\n/);
  if (MBOX.test(lines[0] ?? '')) lines.shift();
  const end = lines.findIndex((line) => line === '');
  // the last line of what was looked at may be cut
  const fields = end < 0 ? lines.slice(0, -1) : lines.slice(0, end);
  if (fields.length < 2 || !fields.every((line, i) => FIELD.test(line) || (i > 0 && /^[ \t]/.test(line)))) return false;
  const names = new Set(fields.map((line) => line.split(':', 1)[0]!.toLowerCase()));
  return SENT.some((name) => names.has(name)) && CODED.some((name) => names.has(name));
}

/**
 * The text and the attachments of a mail, of each mail of a mailbox. Mails within mails are members like any other. What
 * has no time of its own is taken to be no younger than the mail.
 */
export async function* walkMail(archive: Wrapped, opening: Opening): AsyncGenerator<Wrapped> {
  const { mailBytes } = opening.budget.limits;
  if (await archive.stream.holds(mailBytes + 1)) {
    opening.problem('ARCHIVE_LIMIT', archive.path, { reason: `a mail of more than ${mailBytes} bytes` });
    await archive.stream.drain();
    return;
  }
  const bytes = await archive.stream.peek(Infinity);
  const { default: PostalMime } = await import('postal-mime');
  const letters = split(bytes);
  for (const [i, letter] of letters.entries()) {
    const path = letters.length === 1 ? archive.path : `${archive.path}!/${i + 1}.eml`;
    try {
      const mail = await PostalMime.parse(letter, { forceRfc822Attachments: true });
      yield* parts(path, mail, opening);
    } catch (error) {
      opening.problem('MEMBER_SKIPPED', path, { reason: error instanceof Error ? error.message : String(error) });
    }
  }
}

interface Mail {
  readonly date?: string | undefined;
  readonly text?: string | undefined;
  readonly html?: string | undefined;
  readonly attachments: readonly {
    readonly filename: string | null;
    readonly mimeType: string;
    readonly content: ArrayBuffer | Uint8Array | string;
  }[];
}

async function* parts(path: string, mail: Mail, opening: Opening): AsyncGenerator<Wrapped> {
  const modified = mail.date === undefined ? NaN : Date.parse(mail.date);
  const time = Number.isFinite(modified) && modified > 0 ? { modified } : {};
  const wrap = (name: string, content: Uint8Array): Wrapped => ({
    path: `${path}!/${name}`,
    stream: new PeekStream(once(content)),
    size: content.length,
    ...time,
  });
  const text = mail.text ?? (mail.html === undefined ? '' : await textOf(mail.html));
  if (text.trim() !== '') yield wrap('body.txt', new TextEncoder().encode(text));
  for (const [i, { filename, mimeType, content }] of mail.attachments.entries()) {
    const name = filename ?? `part-${i + 1}.${mimeType === 'message/rfc822' ? 'eml' : 'bin'}`;
    const fault = nameFault(name);
    if (fault !== null) {
      opening.problem('MEMBER_SKIPPED', `${path}!/${name}`, { reason: fault });
      continue;
    }
    if (!opening.budget.enter()) {
      opening.problem('ARCHIVE_LIMIT', path, { reason: `more than ${opening.budget.limits.entries} members` });
      return;
    }
    yield wrap(name, typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content));
  }
}

const BLOCKS = new Set(['p', 'div', 'br', 'tr', 'li', 'pre', 'table', 'h1', 'h2', 'h3', 'blockquote']);
const UNSEEN = new Set(['style', 'script', 'head', 'title']);

/** What a reader of a mail in HTML alone sees: its lines, cells apart by tabs, blanks kept within `pre`. */
async function textOf(html: string): Promise<string> {
  const { Parser } = await import('htmlparser2');
  let text = '';
  let unseen = 0;
  let preformatted = 0;
  const parser = new Parser({
    onopentagname(name) {
      if (UNSEEN.has(name)) unseen++;
      if (name === 'pre') preformatted++;
      if (BLOCKS.has(name) && !text.endsWith('\n')) text += '\n';
      else if (name === 'br') text += '\n';
    },
    onclosetag(name) {
      if (UNSEEN.has(name)) unseen--;
      if (name === 'pre') preformatted--;
      if (name === 'td' || name === 'th') text += '\t';
      else if (BLOCKS.has(name) && name !== 'br' && !text.endsWith('\n')) text += '\n';
    },
    ontext(part) {
      if (unseen === 0) text += preformatted > 0 ? part : part.replace(/[ \t\r\n]+/g, ' ');
    },
  });
  parser.end(html);
  return text;
}

/** The mails of a mailbox (RFC 4155): each begins with a line `From `, after an empty line. */
function split(bytes: Uint8Array): Uint8Array[] {
  const starts: number[] = [];
  for (let at = 0; at >= 0 && at < bytes.length;) {
    if (isFromLine(bytes, at)) starts.push(at);
    const end = bytes.indexOf(10, at);
    at = end < 0 ? -1 : end + 1;
  }
  if (starts[0] !== 0) return [bytes];
  return starts.map((start, i) => bytes.subarray(bytes.indexOf(10, start) + 1, starts[i + 1] ?? bytes.length));
}

const FROM = [70, 114, 111, 109, 32];

function isFromLine(bytes: Uint8Array, at: number): boolean {
  if (!FROM.every((byte, i) => bytes[at + i] === byte)) return false;
  const afterEmpty = at === 0 || (bytes[at - 1] === 10 && (bytes[at - 2] === 10 || (bytes[at - 2] === 13 && bytes[at - 3] === 10))); // prettier-ignore
  return afterEmpty && MBOX.test(latin(bytes.subarray(at, at + 200)).split('\n', 1)[0]!);
}

function latin(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return text;
}

/** A stream of one chunk. */
async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(content);
}
