import type { Milliseconds } from '../types/units.js';

/** One of several outputs that were pasted or appended into one file. */
export interface Part {
  /** What it was taken from, as far as the text tells: a path, or a command; '' when only time separates the parts. */
  readonly name: string;
  readonly text: string;
  /** Line of the file before its first one: add it to line numbers. */
  readonly before: number;
  /** From the date line above it. */
  readonly date?: LineDate;
}

/** The instant that a line gives; `local`: a wall-clock time without a zone, read as if it were UTC. */
export interface LineDate {
  readonly time: Milliseconds;
  readonly local: boolean;
}

/** Reads lines that are nothing but a date. */
export type DateReader = (line: string) => LineDate | undefined;

/** A line that begins a part. */
interface Mark {
  readonly name?: string;
  readonly date?: LineDate;
}

const MARKED = 24;

/** Whether the beginning of a text looks as if it held several outputs; cheap, for it is asked of every file. */
export function looksDivided(text: string, lines: readonly string[], dateOf: DateReader): boolean {
  if (text.includes('==> ') || text.includes('```') || text.startsWith('> ')) return true;
  const first = Math.min(MARKED, lines.length);
  for (let i = 0; i < first; i++) if (markOf(lines[i]!, dateOf) !== null) return true;
  return first > 1 && GREPPED.test(lines[0]!) && GREPPED.test(lines[1]!);
}

const HEADER = /^==> (.{1,1000}) <==$/;
const RULED = /^(?:#{2,}|={3,}|-{3,}|\*{3,})\s*((?:cat |\$ )?\/(?:proc|sys|etc|var)\/\S{1,300})\s*(?:#*|=*|-*|\**)$/;
/** `[root@n1 ~]# cat /proc/stat`, `user@host:~$ ss -s`, `# cat /proc/vmstat`, `+ cat /proc/stat` (sh -x). */
const PROMPT =
  /^(?:\[[\w.-]{1,64}@[\w.-]{1,64} [^\]]{1,200}\][#$]|[\w.-]{1,64}@[\w.-]{1,64}:[^#$]{0,200}[#$]|(?:sh|bash)-[\d.]{1,8}[#$]|\/ #|[#$+]) (\S.*)$/;
/** Commands that a bare `#`, `$` or `+` in front does not make a comment. */
const COMMAND =
  /^(?:sudo )?(?:cat|head|tail|ss|netstat|nstat|sar|vmstat|mpstat|iostat|pidstat|free|top|uptime|dmesg|journalctl|kubectl|sysctl|ip|tc|ethtool|conntrack|numastat|lscpu|df|ps|uname|perf|crictl|docker|lsof|date|grep|nsenter|curl|tcpdump|tshark|ifconfig|ping|promtool)(?:\s|$)/;

/** The parts of a text that holds several outputs, in order; one part alone when it holds one. */
export function splitParts(text: string, dateOf: DateReader): Part[] {
  const lines = unquoteMail(text).split('\n');
  return grepParts(lines) ?? markedParts(lines, dateOf);
}

function markedParts(lines: readonly string[], dateOf: DateReader): Part[] {
  const parts: Part[] = [];
  let start = 0;
  let mark: Mark = {};
  let fenced = false;
  const flush = (end: number): void => {
    const part = partOf(lines, start, end, mark);
    if (part !== null) parts.push(part);
  };
  for (const [i, line] of lines.entries()) {
    if (FENCE.test(line)) {
      // words around a fence are a letter, not an output
      if (fenced) flush(i);
      start = i + 1;
      if (!fenced) mark = mark.date === undefined ? {} : { date: mark.date };
      fenced = !fenced;
      continue;
    }
    const next = markOf(line, dateOf);
    if (next === null) continue;
    flush(i);
    start = i + 1;
    // a date speaks for all that follows up to the next one, a name too: `date; cat FILE` in a loop
    mark = { ...mark, ...next };
  }
  flush(lines.length);
  return parts;
}

/** What stands outside the fences of a text; null when there are none. */
export function outsideFences(text: string): string | null {
  const lines = text.split('\n');
  let inside = false;
  const outside = lines.filter((line) => {
    if (!FENCE.test(line)) return !inside;
    inside = !inside;
    return false;
  });
  return outside.length === lines.length ? null : outside.join('\n');
}

function partOf(lines: readonly string[], start: number, end: number, mark: Mark): Part | null {
  let last = end;
  while (last > start && (lines[last - 1]!.trim() === '' || TRAILER.test(lines[last - 1]!))) last -= 1;
  let first = start;
  while (first < last && lines[first]!.trim() === '') first += 1;
  if (first >= last) return null;
  const text = `${lines.slice(first, last).join('\n')}\n`;
  return { name: mark.name ?? '', text, before: first, ...(mark.date === undefined ? {} : { date: mark.date }) };
}

const FENCE = /^\s{0,3}(?:```|~~~)/;
const TRAILER =
  /^(?:command terminated with exit code \d{1,3}|logout|exit|\[[\w.-]{1,64}@[\w.-]{1,64} [^\]]{1,200}\][#$] ?)$/;

function markOf(line: string, dateOf: DateReader): Mark | null {
  if (line.length > 1200 || line === '') return null;
  const header = HEADER.exec(line) ?? RULED.exec(line);
  if (header !== null) return { name: nameOfCommand(header[1]!) };
  const date = dateOf(line);
  if (date !== undefined) return { date };
  const prompt = PROMPT.exec(line);
  if (prompt === null) return null;
  const command = prompt[1]!;
  if (/^[#$+] /.test(line) && !COMMAND.test(command)) return null;
  return { name: nameOfCommand(command) };
}

/** What a command printed: the file it read, or the command itself. */
function nameOfCommand(command: string): string {
  const text = command
    .replace(/^(?:\$ |sudo )+/, '')
    .split(/&&|[;|>]|2>/, 1)[0]!
    .trim();
  const reads = /^(?:cat|head|tail|less|more)\s(?:.*\s)?(\/?[\w.@:+,/-]+)$/.exec(text);
  return reads?.[1] ?? text;
}

/** `grep -r . dir` and `grep -H`: every line is `path:text`; at least two lines, with paths that have a slash. */
const GREPPED = /^(\/?[\w.@+,-]+(?:\/[\w.@+,-]+)+):(?!\/\/)(.*)$/;

function grepParts(lines: readonly string[]): Part[] | null {
  let seen = 0;
  for (const line of lines.slice(0, 50)) {
    if (line === '') continue;
    if (!GREPPED.test(line)) return null;
    seen += 1;
  }
  if (seen < 2) return null;
  const parts: Part[] = [];
  let name = '';
  let before = 0;
  let held: string[] = [];
  const flush = (): void => {
    if (held.length > 0) parts.push({ name, text: `${held.join('\n')}\n`, before });
    held = [];
  };
  for (const [i, line] of lines.entries()) {
    const match = GREPPED.exec(line);
    if (match === null) continue;
    if (match[1] !== name) {
      flush();
      name = match[1]!;
      before = i;
    }
    held.push(match[2]!);
  }
  flush();
  return parts;
}

/** Text of a mail without the `> ` of quoting, where most lines have it. */
function unquoteMail(text: string): string {
  const lines = text.split('\n');
  const quoted = lines.filter((line) => /^> ?/.test(line)).length;
  const filled = lines.filter((line) => line.trim() !== '').length;
  if (quoted < 2 || quoted * 2 < filled) return text;
  return lines.map((line) => line.replace(/^(?:> ?){1,5}/, '')).join('\n');
}
