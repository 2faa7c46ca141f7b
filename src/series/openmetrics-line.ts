/** A sample line in the strict grammar of OpenMetrics 1.0. */
export interface StrictSample {
  readonly name: string;
  /** Pairs as written, values unescaped no further than needed to compare them. */
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
  /** As written; undefined when absent. */
  readonly stamp: string | undefined;
  readonly exemplar: boolean;
}

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const LABEL = /(?:[a-zA-Z_][a-zA-Z0-9_]*|"(?:[^"\\]|\\.)*")="((?:[^"\\]|\\.)*)"/y;
const NUMBER =
  /^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?[iI][nN][fF](?:[iI][nN][iI][tT][yY])?|[nN][aA][nN])$/;
const STAMP = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
/** Characters that names and values of an exemplar's labels may have together. */
const MAX_EXEMPLAR = 128;

/** Number of a value as OpenMetrics writes it; undefined for anything else. */
export function strictNumber(text: string): number | undefined {
  if (!NUMBER.test(text)) return undefined;
  const word = text.toLowerCase();
  if (word === 'nan') return Number.NaN;
  if (word.includes('inf')) return word.startsWith('-') ? -Infinity : Infinity;
  return Number(text);
}

/** Reads a sample line to the letter: one blank between the parts and none elsewhere. A string names the defect. */
export function strictSample(line: string): StrictSample | string {
  NAME.lastIndex = 0;
  let name = NAME.exec(line)?.[0] ?? '';
  let at = name.length;
  let labels: ReadonlyMap<string, string> = new Map();
  if (line[at] === '{') {
    const set = labelSet(line, at);
    if (typeof set === 'string') return set;
    if (set.name !== undefined) name = set.name;
    labels = set.labels;
    at = set.end;
  }
  if (name === '') return 'a metric name';
  if (line[at] !== ' ') return 'a blank before the value';
  const mark = line.indexOf(' # ', at);
  const plain = mark < 0 ? line.slice(at + 1) : line.slice(at + 1, mark);
  const parts = plain.split(' ');
  if (parts.length > 2) return 'value and timestamp only';
  const value = strictNumber(parts[0]!);
  if (value === undefined) return 'a number as value';
  if (parts[1] !== undefined && !STAMP.test(parts[1])) return 'a number as timestamp';
  const fault = mark < 0 ? undefined : exemplarFault(line.slice(mark + 3));
  return fault ?? { name, labels, value, stamp: parts[1], exemplar: mark >= 0 };
}

function labelSet(
  line: string,
  from: number,
): { labels: ReadonlyMap<string, string>; name?: string | undefined; end: number } | string {
  const labels = new Map<string, string>();
  let at = from + 1;
  let name: string | undefined;
  // a quoted metric name may stand first
  const quoted = /"((?:[^"\\]|\\.)*)"(?=[,}])/y;
  quoted.lastIndex = at;
  const first = quoted.exec(line);
  if (first) {
    name = first[1];
    at = quoted.lastIndex;
    if (line[at] === ',') at++;
  }
  if (line[at] === '}') return { labels, name, end: at + 1 };
  for (;;) {
    LABEL.lastIndex = at;
    const label = LABEL.exec(line);
    if (!label) return 'a label as name="value"';
    const key = label[0].slice(0, label[0].indexOf('='));
    if (labels.has(key)) return 'each label once';
    labels.set(key, label[1]!);
    at = LABEL.lastIndex;
    if (line[at] === '}') return { labels, name, end: at + 1 };
    if (line[at] !== ',') return '"," or "}" behind a label';
    at++;
  }
}

function exemplarFault(text: string): string | undefined {
  if (!text.startsWith('{')) return 'labels in an exemplar';
  const set = labelSet(text, 0);
  if (typeof set === 'string') return `${set} in an exemplar`;
  let length = 0;
  for (const [name, value] of set.labels) length += codePoints(name) + codePoints(value);
  if (length > MAX_EXEMPLAR) return `at most ${MAX_EXEMPLAR} characters of labels in an exemplar`;
  if (text[set.end] !== ' ') return 'a blank before the value of an exemplar';
  const [value, stamp, ...more] = text.slice(set.end + 1).split(' ');
  if (strictNumber(value ?? '') === undefined || more.length > 0) return 'one number as value of an exemplar';
  return stamp !== undefined && !STAMP.test(stamp) ? 'a number as timestamp of an exemplar' : undefined;
}

/** Unicode code points, by which OpenMetrics counts. */
function codePoints(text: string): number {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}
