import { parseJson, asObject, get, str } from '../dump/json.js';
import { readLog, share, type Line } from '../logs/read.js';
import { stampAt, wholeStamp } from '../logs/time.js';
import type { Labels } from '../types/series.js';
import type { Importer } from './importer.js';

const TEXT =
  /^(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})?) \{(?:\}|[\w.]{1,200}=")/;
const JSON_LINE = /^\{(?=.{0,100000}"line"\s?:)(?=.{0,100000}"labels"\s?:\s?\{)(?=.{0,100000}"timestamp"\s?:\s?")/;
/** What logcli prints to standard error beside the lines. */
const CHATTER =
  /^(?:\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d |https?:\/\/\S{1,2000}$|(?:\d{4}\/\d\d\/\d\d \S{8} )?(?:Common|Ignoring) labels)/;
const COMMON = /Common labels: (\{.{0,4000}\})/;

/**
 * Output of `logcli query`.
 *
 *     2024-05-06T10:00:00Z {pod="web-1"}     line        default; labels padded to a common width, absent with --no-labels
 *     {"labels":{"pod":"web-1"},"line":"…","timestamp":"2024-05-06T10:00:00.123456789Z"}      -o jsonl
 */
export const logcli: Importer = {
  id: 'logcli',
  title: 'Loki, logcli output',
  format: { reference: 'https://grafana.com/docs/loki/latest/query/logcli/', versions: 'Loki 1.3–3.x; default, jsonl' },
  sniff(head) {
    const part = share(head, (line) => TEXT.test(line) || JSON_LINE.test(line));
    return part === 0 ? 0 : 0.55 + 0.4 * part;
  },
  async read(file, sink) {
    let common: Labels = {};
    await readLog(file, sink, (text) => {
      const said = COMMON.exec(text);
      if (said) common = labelsAt(said[1]!, 0).labels;
      if (CHATTER.test(text)) return null;
      const line = text.startsWith('{') ? jsonLine(text) : textLine(text);
      return line && { ...line, labels: { ...common, ...line.labels } };
    });
    sink.format('logcli');
  },
};

function jsonLine(text: string): Line | undefined {
  const parsed = parseJson(text);
  if (!parsed.ok) return undefined;
  const labels: Record<string, string> = {};
  for (const [name, value] of Object.entries(asObject(get(parsed.value, 'labels')) ?? {})) {
    if (name !== '__proto__') labels[name] = str(value) ?? '';
  }
  const stamp = wholeStamp(str(get(parsed.value, 'timestamp')) ?? '');
  return { stamp, message: str(get(parsed.value, 'line')) ?? '', labels };
}

function textLine(text: string): Line | undefined {
  const stamp = stampAt(text, 0);
  if (!stamp) return undefined;
  const at = stamp.end + (text[stamp.end] === ' ' ? 1 : 0);
  const { labels, end } = labelsAt(text, at);
  // padding belongs to the labels, but a message that begins with blanks cannot be told from it
  return { stamp, message: end === at ? text.slice(at) : text.slice(end).trimStart(), labels };
}

/** Labels `{a="b", c="d"}` that begin at an index; none when there is no such set. */
function labelsAt(text: string, at: number): { labels: Labels; end: number } {
  const labels: Record<string, string> = {};
  const pair = /[,\s]{0,3}([\w.:/-]{1,200})="((?:[^"\\]|\\.){0,2000})"/y;
  if (text[at] !== '{') return { labels, end: at };
  pair.lastIndex = at + 1;
  let end = at + 1;
  for (let m = pair.exec(text); m; m = pair.exec(text)) {
    if (m[1] !== '__proto__') labels[m[1]!] = m[2]!.replace(/\\(["\\])/g, '$1');
    end = pair.lastIndex;
  }
  return text[end] === '}' ? { labels, end: end + 1 } : { labels: {}, end: at };
}
