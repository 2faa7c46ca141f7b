import { kernelLine } from '../logs/syslog-line.js';
import { levelOfSeverity, levelOfWord, type Level } from '../logs/level.js';
import { readLog, sample, type Grammar, type Line } from '../logs/read.js';
import { stampAt, type Stamp } from '../logs/time.js';
import { kernelKind } from '../logs/kernel.js';
import type { Importer, Sink } from './importer.js';

const RAW = /^<(\d{1,3})>/;
/** `-x`: facility and level, padded. */
const DECODED =
  /^(?:kern|user|mail|daemon|auth|syslog|lpr|news|uucp|cron|authpriv|ftp|res\d|local\d) {0,3}:(\w{3,6}) {0,2}: ?/;
/** Seconds since boot; `-d` adds the distance to the line before. */
const UPTIME = /^\[ {0,8}(\d{1,10}\.\d{6})(?: <[ \d.]{1,14}>)?\](?:\[ {0,6}[TC]\d{1,10}\])? ?/;
const BRACKETED = /^\[(?=[A-Z][a-z]{2} [A-Z][a-z]{2} )/;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d,\d{6}[+-]\d\d:?\d\d /;
/** `-H`: minutes now and then, distances between; `--time-format delta`: distances alone. */
const RELATIVE = /^\[(?:([A-Z][a-z]{2}) ?(\d{1,2}) (\d\d:\d\d)|(?: {0,8}\+|<) {0,8}(\d{1,10}\.\d{6})>?)\] ?/;

/**
 * The kernel's message buffer as `dmesg` prints it.
 *
 *     [ 1234.567890] TCP: request_sock_TCP: Possible SYN flooding on port 80. Sending cookies.
 *     [Sun Nov 22 09:56:02 2026] …             -T: local time, computed from the time of boot
 *     2026-11-22T09:56:02,384670+00:00 …       --time-format iso
 *     kern  :warn  : [ 1234.567890] …          -x
 *     <4>[ 1234.567890] …                      -r
 *     [Nov22 09:56] … [  +0.004810] …          -H: no year, distances to the line before
 *
 * Seconds since boot do not advance while the machine sleeps, so -T and iso times drift from the wall clock.
 */
export const dmesg: Importer = {
  id: 'dmesg',
  title: 'Kernel log (dmesg)',
  format: {
    reference: 'https://man7.org/linux/man-pages/man1/dmesg.1.html',
    versions: 'util-linux 2.20–2.41, busybox',
  },
  sniff(head) {
    const lines = sample(head);
    let stamped = 0;
    let iso = 0;
    let typed = 0;
    for (const line of lines) {
      const text = undecorated(line).text;
      if (UPTIME.test(text) || BRACKETED.test(text) || RELATIVE.test(text)) stamped++;
      else if (ISO.test(text)) iso++;
      else if (kernelKind(text) !== 'kernel.message' && !/^\d/.test(text)) typed++;
    }
    if (stamped > 0) return 0.6 + (0.35 * stamped) / lines.length;
    if (iso > 0) return 0.4 + (0.45 * iso) / lines.length;
    // printk.time=0: nothing but the kernel's own sentences
    return typed > 0 && !lines.some((line) => stampAt(line, 0)) ? 0.5 : 0;
  },
  async read(file, sink) {
    let declared = false;
    let format = 'without times';
    const distances = new Distances(sink);
    const grammar: Grammar = (raw) => {
      const { text, level } = undecorated(raw);
      const uptime = UPTIME.exec(text);
      if (uptime) {
        if (!declared) sink.clock({ kind: 'boot' });
        declared = true;
        format = 'seconds since boot';
        return { ...message(text.slice(uptime[0].length), level), time: Number(uptime[1]) * 1000 };
      }
      const relative = RELATIVE.exec(text);
      if (relative) {
        format = 'distances (-H, delta)';
        const line = message(text.slice(relative[0].length), level);
        return { ...line, ...distances.next(relative, line.message) };
      }
      const bracket = text.startsWith('[') ? 1 : 0;
      const stamp = stampAt(text, bracket);
      if (!stamp) return message(text, level);
      declared = true;
      format = bracket ? 'local times (-T)' : 'iso times';
      return { ...message(text.slice(stamp.end + bracket).trimStart(), level), stamp };
    };
    await readLog(file, sink, grammar);
    sink.format(`dmesg, ${format}`);
  },
};

/** The line without priority or facility, and the level they told. */
function undecorated(line: string): { text: string; level: Level | undefined } {
  const raw = RAW.exec(line);
  if (raw) return { text: line.slice(raw[0].length), level: levelOfSeverity(Number(raw[1]) % 8) };
  const decoded = DECODED.exec(line);
  if (decoded) return { text: line.slice(decoded[0].length), level: levelOfWord(decoded[1]!) };
  return { text: line, level: undefined };
}

function message(text: string, level: Level | undefined): Line {
  return { ...kernelLine(text), level };
}

/** Adds up the distances between lines, from the last minute that was printed or from the start of the buffer. */
class Distances {
  readonly #sink: Sink;
  #stamp: Stamp | undefined;
  #time: number | undefined;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  next([, month, day, clock, distance]: RegExpExecArray, text: string): Pick<Line, 'stamp' | 'time'> {
    if (month !== undefined) {
      this.#stamp = stampAt(`${month} ${day!.padStart(2)} ${clock!}:00`, 0);
      return { stamp: this.#stamp };
    }
    const step = Number(distance) * 1000;
    if (this.#stamp !== undefined) {
      this.#stamp = { ...this.#stamp, time: this.#stamp.time + step };
      return { stamp: this.#stamp };
    }
    // the buffer begins at boot as long as its first message has not been overwritten
    if (this.#time === undefined) this.#sink.clock({ kind: text.startsWith('Linux version') ? 'boot' : 'relative' });
    this.#time = (this.#time ?? 0) + step;
    return { time: this.#time };
  }
}
