import type { Cause, Clue, Expectation } from '../causes/cause.js';
import { fill } from '../errors.js';
import type { ReadingRule } from '../readings/reading.js';
import { signalOf } from '../signals/all.js';
import type { LanguageId } from '../types/notebook.js';
import type { Problem } from '../types/problem.js';
import type { Unit } from '../types/units.js';
import { relativeEn } from './en/relative.js';
import { reportEn } from './en/report.js';
import { codeSpan, escapeMarkdown, visible } from './escape.js';
import { formatQuantity, unitName } from './quantity.js';
import { causesZh } from './zh/causes.js';
import { problemsZh } from './zh/problems.js';
import { readingsZh } from './zh/readings.js';
import { relativeZh } from './zh/relative.js';
import { reportZh } from './zh/report.js';
import { signalsZh } from './zh/signals.js';

export type MessageKey = keyof typeof reportEn;

/** A value for a sentence: plain text is escaped; `{ md }` is Markdown of ours. */
export type Value = string | number | { readonly md: string };
export type Values = Readonly<Record<string, Value>>;

/** What the words are about: the knowledge base in use. */
export interface Knowledge {
  readonly causes: readonly Cause[];
  readonly readings: readonly ReadingRule[];
}

/** Every visible word of a report in one language. */
export interface Text {
  readonly language: LanguageId;
  /** A sentence as Markdown. */
  t(key: MessageKey, values?: Values): string;
  /** A sentence as plain text, for tables, captions and labels of charts. */
  plain(key: MessageKey, values?: Readonly<Record<string, string | number>>): string;
  /** Title of a signal; the foreign name of a `raw:` one, or the id of a fact. */
  signal(id: string): string;
  quantity(value: number, unit: Unit): string;
  unit(unit: Unit): string;
  /** Several things in one sentence. */
  list(items: readonly string[]): string;
  cause(id: string): string;
  mechanism(id: string): string;
  chain(id: string): readonly string[];
  clue(cause: string, clue: string): string;
  /** The clue itself, where the knowledge base still has it. */
  clueOf(cause: string, clue: string): Clue | undefined;
  next(cause: string, id: string): { readonly why: string; readonly expect: string } | undefined;
  remedy(cause: string, id: string): { readonly do: string; readonly verify: string } | undefined;
  rivals(cause: string): readonly { readonly cause: string; readonly tellApart: string }[];
  /** The n-th thing that a reading expects, from 1, where the knowledge base still has it. */
  expectation(reading: string, n: number): Expectation | undefined;
  reading(id: string): { readonly says: string; readonly deniedBy: string } | undefined;
  problem(problem: Problem): string;
}

/**
 * The words of a language over a knowledge base. What is not translated yet appears in English, and a test lists it.
 * @param clock `relative` for times that count from a start that is not told
 */
export function createText(language: LanguageId, knowledge: Knowledge, clock: 'utc' | 'relative' = 'utc'): Text {
  const said: Readonly<Record<MessageKey, string>> = language === 'zh' ? reportZh : reportEn;
  const messages = clock === 'utc' ? said : { ...said, ...(language === 'zh' ? relativeZh : relativeEn) };
  const causes = new Map(knowledge.causes.map((cause) => [cause.id, cause]));
  const readings = new Map(knowledge.readings.map((reading) => [reading.id, reading]));
  const zh = <T>(table: Readonly<Record<string, T>>, id: string): T | undefined =>
    language === 'zh' && Object.hasOwn(table, id) ? table[id] : undefined;
  const words = (id: string): (typeof causesZh)[string] | undefined => zh(causesZh, id);
  return {
    language,
    t: (key, values = {}) => tight(fillMarkdown(messages[key], values)),
    plain: (key, values = {}) => tight(fillPlain(messages[key], values)),
    signal: (id) => zh(signalsZh, id) ?? signalOf(id)?.title ?? visible(id.replace(/^raw:/, '')),
    quantity: (value, unit) => formatQuantity(value, unit, language),
    unit: (unit) => unitName(unit, language),
    list: (items) => joined(items, messages['list.comma'], messages['list.and']),
    cause: (id) =>
      id === 'unknown' ? messages['cause.unknown'] : (words(id)?.title ?? causes.get(id)?.title ?? visible(id)),
    mechanism: (id) => words(id)?.mechanism ?? causes.get(id)?.mechanism ?? '',
    chain: (id) => words(id)?.chain ?? causes.get(id)?.chain ?? [],
    clue: (cause, clue) =>
      zh(words(cause)?.clues ?? {}, clue) ?? causes.get(cause)?.clues.find((c) => c.id === clue)?.says ?? visible(clue),
    clueOf: (cause, clue) => causes.get(cause)?.clues.find((c) => c.id === clue),
    next: (cause, id) => zh(words(cause)?.next ?? {}, id) ?? causes.get(cause)?.next.find((m) => m.id === id),
    remedy: (cause, id) => zh(words(cause)?.remedies ?? {}, id) ?? causes.get(cause)?.remedies.find((r) => r.id === id),
    rivals: (cause) =>
      (causes.get(cause)?.rivals ?? []).map((rival) => ({
        ...rival,
        tellApart: zh(words(cause)?.rivals ?? {}, rival.cause) ?? rival.tellApart,
      })),
    expectation: (id, n) => {
      const rule = readings.get(id);
      return rule === undefined ? undefined : [...rule.all, ...(rule.any ?? [])][n - 1];
    },
    reading: (id) => zh(readingsZh, id) ?? readings.get(id),
    problem: (problem) => {
      const template = language === 'zh' ? problemsZh[problem.code] : undefined;
      return template === undefined
        ? visible(problem.message, 400)
        : visible(fill(template, { file: problem.file, ...problem.args }), 400);
    },
  };
}

function joined(items: readonly string[], comma: string, and: string): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(comma)}${and}${items.at(-1) ?? ''}`;
}

/** No blank between two Chinese characters, where a value that ends in a unit word meets the sentence. */
function tight(text: string): string {
  return text.replace(/(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])/g, '');
}

/** `{name}` is the value; `{name:pod|pods}` is the word that fits the number. */
function expand(template: string, values: Readonly<Record<string, unknown>>, show: (value: unknown) => string): string {
  return template.replace(
    /\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}/g,
    (whole, name: string, one?: string, many?: string) => {
      if (!Object.hasOwn(values, name)) return whole;
      const value = values[name];
      if (one !== undefined && many !== undefined) return value === 1 || value === '1' ? one : many;
      return show(value);
    },
  );
}

function fillMarkdown(template: string, values: Values): string {
  return expand(template, values, (value) =>
    typeof value === 'object' && value !== null ? (value as { md: string }).md : escapeMarkdown(String(value)),
  );
}

function fillPlain(template: string, values: Readonly<Record<string, string | number>>): string {
  return expand(template.replace(/\*\*|`/g, ''), values, (value) => visible(String(value), 400));
}

/** Foreign text as a value that a sentence shows in the fixed-width face. */
export function code(text: string): { readonly md: string } {
  return { md: codeSpan(text) };
}

/** Text of ours, Markdown already. */
export function md(text: string): { readonly md: string } {
  return { md: text };
}
