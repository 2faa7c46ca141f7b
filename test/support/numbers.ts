import { causes } from '../../src/causes/all.js';
import { readingRules } from '../../src/readings/all.js';
import { signals } from '../../src/signals/all.js';
import { reportEn } from '../../src/text/en/report.js';
import {
  formatClock,
  formatDuration,
  formatNumber,
  formatP,
  formatQuantity,
  formatShare,
  formatTime,
} from '../../src/text/quantity.js';
import { causesZh } from '../../src/text/zh/causes.js';
import { readingsZh } from '../../src/text/zh/readings.js';
import { reportZh } from '../../src/text/zh/report.js';
import { signalsZh } from '../../src/text/zh/signals.js';
import type { Diagnosis } from '../../src/types/diagnosis.js';
import type { Unit } from '../../src/types/units.js';

/** Numbers as a reader sees them: `1.5`, `08:12:22`, `0.3`, `−12`; superscripts and signs left out. */
export function numbersIn(text: string): string[] {
  return text.replace(/(\d)\u00a0(?=\d{3}(?!\d))/g, '$1').match(/\d+(?:[.:]\d+)*/g) ?? [];
}

const UNITS: readonly Unit[] = ['seconds', 'seconds/second', 'bytes', 'ratio', 'count'];

/** Every number in the knowledge base and the sentences: they are ours, and no statement about the dump. */
function knowledge(): Set<string> {
  const texts = [causes, readingRules, signals, reportEn, reportZh, causesZh, readingsZh, signalsZh];
  // what a cause predicts is written in units
  const predicted = [causes, readingRules].flatMap((part) => JSON.stringify(part).match(/(?<=:)\d[\d.e+-]*/g) ?? []);
  return new Set([...texts.flatMap((part) => numbersIn(JSON.stringify(part))), ...predicted.flatMap((n) => shown(Number(n)))]); // prettier-ignore
}

/** What a number of the JSON may look like: as it is, as a share, as a duration or instant, with the prefixes of units. */
function shown(value: number): string[] {
  const texts = [
    String(value),
    formatNumber(value),
    formatNumber(value, 2),
    formatShare(value),
    formatP(value),
    formatDuration(value),
    ...UNITS.map((unit) => formatQuantity(value, unit, 'en')),
  ];
  if (value > 1e11 || Number.isInteger(value)) texts.push(formatTime(value), formatClock(value));
  return texts.flatMap(numbersIn);
}

const KNOWN = knowledge();

/** What a report in Markdown says in sentences and figures before its appendix: no commands, names of files or references. */
export function proseOf(markdown: string): string {
  return markdown
    .split(/^## (?:Appendix|附录)/m)[0]!
    .replace(/```[^]*?```/g, ' ')
    .replace(/`[^`\n]*`/g, ' ')
    .replace(/!?\[[^\]]*\]\([^)]*\)/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\\?\[\d+\\?\]/g, ' ')
    .replace(/\\/g, '');
}

/** Sizes of parts that the report folds away or cuts, and the table of formats, which repeats `inspect`. */
const COUNTED = /^(?:#+ .*[:：]\s*\d+ ?[个条项]?|\|.*\d\d:\d\d:\d\d … \d\d:\d\d:\d\d \||\| +\| \d+ \|.*)$/u;

/** An offset from UTC is the name of a zone. */
const OFFSET = /(?<=\s)[+−-]\d\d:\d\d(?!\d|:)/g;

/** Numbers of a report's prose that its JSON does not hold, each with its line. */
export function strangers(markdown: string, diagnosis: Diagnosis): string[] {
  const known = numbersOf(diagnosis);
  return proseOf(markdown)
    .replace(OFFSET, '')
    .split('\n')
    .filter((line) => !COUNTED.test(line.trim()))
    .flatMap((line) => numbersIn(line).filter((n) => !known.has(n)).map((n) => `${n} in: ${line.trim()}`)); // prettier-ignore
}

/**
 * Numbers that a text about a diagnosis may hold: those of its JSON, lengths of its spans, sizes of its lists and sums
 * over its files, each in any of the ways in which quantities are written.
 */
export function numbersOf(diagnosis: Diagnosis): Set<string> {
  const out = new Set(KNOWN);
  const add = (value: number): void => {
    for (const text of shown(value)) out.add(text);
  };
  const walk = (value: unknown): void => {
    if (typeof value === 'number') add(value);
    else if (typeof value === 'string') for (const text of numbersIn(value)) out.add(text);
    else if (Array.isArray(value)) {
      add(value.length);
      value.forEach(walk);
    } else if (typeof value === 'object' && value !== null) {
      const { from, to } = value as { from?: unknown; to?: unknown };
      if (typeof from === 'number' && typeof to === 'number') add(to - from);
      Object.values(value).forEach(walk);
    }
  };
  walk([diagnosis.incidents, diagnosis.visible ?? [], diagnosis.artefacts, diagnosis.span, diagnosis.sampling, diagnosis.tool, diagnosis.dump.name, diagnosis.dump.sha256]); // prettier-ignore
  // rule of three
  add((3 * (diagnosis.span.to - diagnosis.span.from)) / Math.max(1, diagnosis.incidents.length));
  const own = new Set(diagnosis.incidents.flatMap(({ findings }) => findings));
  walk(diagnosis.findings.filter(({ id }) => own.has(id)));
  const { files, series, samples, facts, events } = diagnosis.dump;
  for (const count of [series, samples, facts, events]) add(count);
  add(files.length);
  add(files.filter(({ importer }) => importer !== null).length);
  return out;
}
