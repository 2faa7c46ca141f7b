import { kernelKind } from './kernel.js';
import { levelOf, levelOfSeverity, type Level } from './level.js';
import type { Line } from './read.js';
import { stampAt, type Stamp } from './time.js';

const PRI = /^<(\d{1,3})>/;
/** `host program[pid]: message`, as it stands behind the time stamp. The host may be missing on busybox. */
const ORIGIN = /^ {0,2}(?:([\w.:-]{1,255}) )?([\w./@()%+-]{1,128}(?: \([^)]{1,64}\))?)(?:\[(\d{1,10})\])?: ?/;
const VERSIONED = /^1 /;
const FIELDS = /^ (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) /;
/** The kernel's own clock in front of a message that syslog has stamped already. */
const UPTIME = /^\[ {0,8}\d{1,10}\.\d{6}\](?:\[ {0,6}[TC]\d{1,10}\])? ?/;

/** Message and kind of what the kernel said through a logger; its own uptime stamp is dropped. */
export function kernelLine(message: string): { message: string; kind: string } {
  const text = message.replace(UPTIME, '');
  return { message: text, kind: kernelKind(text) };
}

/**
 * A syslog line: RFC 5424, RFC 3164 and what rsyslog and `journalctl -o short*` make of it.
 * @returns undefined when it does not begin with a time stamp (and a priority, if any)
 */
export function syslogLine(text: string): Line | undefined {
  const pri = PRI.exec(text);
  const severity = pri && Number(pri[1]) <= 191 ? levelOfSeverity(Number(pri[1]) % 8) : undefined;
  let at = pri ? pri[0].length : 0;
  const rest = text.slice(at, at + 2);
  const versioned = VERSIONED.test(rest);
  if (versioned) at += 2;
  const stamp = stampAt(text, at);
  if (!stamp) return undefined;
  const body = text.slice(stamp.end);
  if (versioned) {
    const line = structured(body, stamp, severity);
    if (line) return line;
  }
  const origin = ORIGIN.exec(body.slice(0, 600));
  if (!origin) return { stamp, message: body.trim(), level: severity };
  return entry(stamp, body.slice(origin[0].length), severity, origin[1], origin[2]!, origin[3]);
}

/** RFC 5424: host, application, process id, message id, structured data, message; `-` is nil. */
function structured(body: string, stamp: Stamp, severity: Level | undefined): Line | undefined {
  const fields = FIELDS.exec(body);
  if (!fields) return undefined;
  let at = fields[0].length;
  if (body[at] === '[') at = structuredDataEnd(body, at);
  else if (body[at] === '-') at++;
  const message = body.slice(at).trim();
  const nil = (field: string): string | undefined => (field === '-' ? undefined : field);
  return entry(stamp, message, severity, nil(fields[1]!), nil(fields[2]!) ?? '', nil(fields[3]!));
}

function structuredDataEnd(body: string, from: number): number {
  let quoted = false;
  for (let i = from; i < body.length; i++) {
    const char = body[i];
    if (char === '\\') i++;
    else if (char === '"') quoted = !quoted;
    else if (char === ']' && !quoted && body[i + 1] !== '[') return i + 1;
  }
  return body.length;
}

function entry(
  stamp: Stamp,
  message: string,
  severity: Level | undefined,
  host: string | undefined,
  program: string,
  pid: string | undefined,
): Line {
  const labels = {
    ...(host === undefined ? {} : { node: host }),
    ...(program === '' ? {} : { program }),
    ...(pid === undefined ? {} : { pid }),
  };
  if (program !== 'kernel') return { stamp, message, labels, level: severity };
  const kernel = kernelLine(message);
  return { stamp, labels, level: severity ?? levelOf(kernel.message), ...kernel };
}
