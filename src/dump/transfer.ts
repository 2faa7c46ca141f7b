import type { PlacedLine } from './letter.js';

/** What the lines of a mail say of the coding of what follows. */
const CODING = /^Content-Transfer-Encoding:\s{0,10}(quoted-printable|base64)\s{0,10}$/i;
const BOUNDARY = /^--[\w'()+,./:=?-]{1,70}(?:--)?$/;
const ARTEFACT = /=(?:3D|20|09|C2=A0|E2=80)/;

/**
 * Lines of a mail as they were before it was sent: quoted-printable and base64 undone, where the mail says so, or, of a
 * saved body, where the marks of quoted-printable are plain to see.
 */
export function unwrapTransfer(lines: readonly PlacedLine[]): readonly PlacedLine[] {
  if (lines.some(({ text }) => CODING.test(text))) return decodedParts(lines);
  const artefacts = lines.filter(({ text }) => ARTEFACT.test(text)).length;
  const stray = lines.some(({ text }) => /=(?![0-9A-Fa-f]{2}|$)/.test(text));
  return artefacts > 1 && !stray ? unquotePrintable(lines) : lines;
}

function decodedParts(lines: readonly PlacedLine[]): readonly PlacedLine[] {
  const out: PlacedLine[] = [];
  let coding: 'quoted-printable' | 'base64' | undefined;
  let body: PlacedLine[] | undefined;
  const flush = (): void => {
    if (body !== undefined) for (const line of coding === 'base64' ? fromBase64(body) : unquotePrintable(body)) out.push(line); // prettier-ignore
    body = coding = undefined;
  };
  for (const line of lines) {
    const said = CODING.exec(line.text)?.[1]?.toLowerCase();
    if (body === undefined && said !== undefined) coding = said === 'base64' ? 'base64' : 'quoted-printable';
    if (body !== undefined && BOUNDARY.test(line.text)) flush();
    if (body !== undefined) body.push(line);
    else if (coding !== undefined && line.text.trim() === '') body = [];
    else out.push(line);
  }
  flush();
  return out;
}

/** Soft line breaks joined, `=3D` and its like decoded. */
function unquotePrintable(lines: readonly PlacedLine[]): PlacedLine[] {
  const out: PlacedLine[] = [];
  let open: { at: number; parts: string[] } | undefined;
  for (const { text, at } of lines) {
    const soft = text.endsWith('=');
    open ??= { at, parts: [] };
    open.parts.push(soft ? text.slice(0, -1) : text);
    if (soft) continue;
    out.push({ at: open.at, text: bytesOf(open.parts.join('')) });
    open = undefined;
  }
  if (open !== undefined) out.push({ at: open.at, text: bytesOf(open.parts.join('')) });
  return out;
}

function bytesOf(text: string): string {
  return text.replaceAll(/(?:=[0-9A-F]{2}){1,4000}/gi, (run) =>
    new TextDecoder().decode(Uint8Array.from(run.slice(1).split('='), (pair) => Number.parseInt(pair, 16))),
  );
}

function fromBase64(lines: readonly PlacedLine[]): PlacedLine[] {
  const at = lines[0]?.at ?? 0;
  let bytes: string;
  try {
    bytes = atob(lines.map(({ text }) => text.trim()).join(''));
  } catch {
    // not base64 after all
    return [...lines];
  }
  const text = new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
  // an attached image or archive is not opened
  if (text.includes('\u0000')) return [];
  return text.split(/\r?\n/).map((line) => ({ text: line, at }));
}
