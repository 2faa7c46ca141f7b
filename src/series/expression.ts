import type { Labels } from '../types/series.js';
import type { Milliseconds } from '../types/units.js';
import { combine, finish, isScalar, Unparsed, type Draft } from './expression-draft.js';
import { durationOf, tokenize, type Token } from './tokens.js';

export { labelsOf } from './expression-draft.js';

/** What a PromQL-like text says of the numbers that came out of it. */
export interface Expression {
  /** Name of the innermost metric. */
  readonly metric: string;
  /** Equality matchers, and the label set behind the text as Grafana writes it in legends; the latter wins. */
  readonly labels: Labels;
  /** Window of `rate`, `irate`, `increase` or `delta` in ms; 0 when the window is a variable. Absent: not differentiated. */
  readonly rate?: Milliseconds;
  /** The numbers are changes per window (`increase`, `delta`), not per second. */
  readonly increase?: boolean;
  /** Factor that the text applies: `x * 100` → 100, `x / 1000` → 0.001. Divide by it to undo. */
  readonly scale: number;
  /** Labels an aggregation kept. */
  readonly by?: readonly string[];
  readonly without?: readonly string[];
  /** Innermost aggregation: `sum`, `avg`, `max` …; `topk` and its like leave values alone and do not count. */
  readonly aggregate?: string;
  /** `histogram_quantile(0.99, …)` → 0.99; also the parameter of `quantile(0.9, …)` and `quantile_over_time`. */
  readonly quantile?: number;
  /** Window of an `…_over_time` function, ms (0: a variable). */
  readonly smooth?: Milliseconds;
  /** The divisor of `a / b` when it is a metric too. */
  readonly over?: Expression;
}

const AGGREGATIONS = new Set(['sum', 'avg', 'min', 'max', 'count', 'stddev', 'stdvar', 'group', 'quantile']);
const SELECTIONS = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio']);
const RATES = new Set(['rate', 'irate', 'increase', 'delta', 'idelta', 'deriv', 'xrate', 'xincrease']);
/** Functions that give the change per window, not per second. */
const CHANGES = new Set(['increase', 'xincrease', 'delta', 'idelta']);
const TRANSPARENT = new Set([
  'sort', 'sort_desc', 'sort_by_label', 'sort_by_label_desc', 'label_replace', 'label_join', 'round', 'ceil', 'floor',
  'clamp', 'clamp_min', 'clamp_max', 'histogram_quantile', 'keep_last_value', 'last_over_time', 'avg_over_time',
  'min_over_time', 'max_over_time', 'sum_over_time', 'quantile_over_time', 'count_over_time', 'median_over_time',
]); // prettier-ignore
const SETS = new Set(['or', 'and', 'unless', 'default', 'if']);
const MAX_DEPTH = 40;
const MAX_LENGTH = 16_384;

/**
 * The meaning of a name as Grafana legends, CSV headers and query lists give it: `x`, `x{pod="a"}`, `rate(x[60s])`,
 * `avg by (mode) (rate(x[60s])) * 100{mode="idle"}`, `histogram_quantile(0.99, sum by (le) (rate(x_bucket[60s])))`,
 * also `name(k=v,…)` of Monasca and OpenTSDB. Never throws; linear time.
 * @returns null when the text is no such expression (a legend of several words, `web-1`, a sum of two metrics). A single
 * word is one: callers who expect legends must ask the catalogue whether the metric exists.
 */
export function parseExpression(text: string): Expression | null {
  if (text.length > MAX_LENGTH) return null;
  const tokens = tokenize(text);
  if (tokens === null || tokens.length === 0) return null;
  const parser = new Parser(tokens);
  try {
    return finish(parser.whole());
  } catch (error) {
    if (error instanceof Unparsed) return null;
    throw error;
  }
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Draft {
    const draft = this.#binary();
    if (this.#is('{')) for (const [name, value] of this.#matchers()) draft.labels.set(name, value);
    if (this.#at < this.#tokens.length) throw new Unparsed();
    return draft;
  }

  #peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#at + ahead];
  }

  #is(mark: string, ahead = 0): boolean {
    const token = this.#peek(ahead);
    return token?.type === 'mark' && token.text === mark;
  }

  #take(): Token {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new Unparsed();
    return token;
  }

  #expect(mark: string): void {
    if (!this.#is(mark)) throw new Unparsed();
    this.#at++;
  }

  #binary(): Draft {
    if (++this.#depth > MAX_DEPTH) throw new Unparsed();
    let left = this.#operand();
    for (;;) {
      const token = this.#peek();
      if (token === undefined) break;
      if (token.type === 'name' && SETS.has(token.text.toLowerCase())) {
        this.#at++;
        this.#matching();
        this.#operand();
      } else if (token.type === 'mark' && /^(?:[*/+-]|==|!=|[<>]=?)$/.test(token.text)) {
        this.#at++;
        const joined = this.#matching();
        left = combine(left, token.text, this.#operand(), joined);
      } else break;
    }
    this.#depth--;
    return left;
  }

  /** Skips `bool`, `on (…)`, `ignoring (…)`, `group_left (…)`; whether a join was named. */
  #matching(): boolean {
    let joined = false;
    for (let token = this.#peek(); token?.type === 'name'; token = this.#peek()) {
      const word = token.text.toLowerCase();
      if (word === 'bool') this.#at++;
      else if (word === 'on' || word === 'ignoring' || word === 'group_left' || word === 'group_right') {
        this.#at++;
        if (this.#is('(')) this.#names();
        if (word.startsWith('group')) joined = true;
      } else break;
    }
    return joined;
  }

  #operand(): Draft {
    let sign = 1;
    while (this.#is('-') || this.#is('+')) if (this.#take().text === '-') sign = -sign;
    const draft = this.#primary();
    draft.scale *= sign;
    for (;;) {
      if (this.#is('[')) draft.range = this.#window();
      else if (this.#word('offset')) {
        this.#at++;
        if (this.#is('-')) this.#at++;
        this.#take();
      } else if (this.#is('@')) this.#at += 2;
      else return draft;
    }
  }

  #word(word: string): boolean {
    const token = this.#peek();
    return token?.type === 'name' && token.text.toLowerCase() === word;
  }

  #primary(): Draft {
    const token = this.#take();
    if (token.type === 'number') return { labels: new Map(), scale: Number(token.text) };
    if (token.type === 'mark') return this.#bracket(token);
    if (token.type !== 'name') throw new Unparsed();
    const word = token.text.toLowerCase();
    const grouped = this.#is('(') || this.#word('by') || this.#word('without');
    if (grouped && AGGREGATIONS.has(word)) return this.#aggregation(word);
    if (grouped && SELECTIONS.has(word)) return this.#aggregation(undefined);
    if (this.#is('(')) return this.#call(token.text);
    const labels = this.#is('{') ? this.#matchers() : new Map<string, string>();
    return { metric: token.text, labels, scale: 1 };
  }

  #bracket({ text }: Token): Draft {
    if (text === '{') {
      this.#at--;
      return { labels: this.#matchers(), scale: 1 };
    }
    if (text !== '(') throw new Unparsed();
    const inner = this.#binary();
    this.#expect(')');
    return inner;
  }

  #aggregation(aggregate: string | undefined): Draft {
    const before = this.#grouping();
    const { draft, numbers } = this.#arguments();
    const grouping = before ?? this.#grouping();
    if (grouping?.word === 'by') draft.by = grouping.names;
    if (grouping?.word === 'without') draft.without = grouping.names;
    if (aggregate !== undefined) draft.aggregate ??= aggregate;
    if (aggregate === 'quantile' && numbers[0] !== undefined) draft.quantile ??= numbers[0];
    return draft;
  }

  #grouping(): { word: string; names: readonly string[] } | undefined {
    if (!this.#word('by') && !this.#word('without')) return undefined;
    const word = this.#take().text.toLowerCase();
    return { word, names: this.#names() };
  }

  #names(): readonly string[] {
    const names: string[] = [];
    this.#expect('(');
    while (!this.#is(')')) {
      const token = this.#take();
      if (token.type === 'name' || token.type === 'string') names.push(token.text);
      else if (token.text !== ',') throw new Unparsed();
    }
    this.#at++;
    return names;
  }

  #call(name: string): Draft {
    if (this.#peek(1)?.type === 'name' && this.#is('=', 2)) return this.#monasca(name);
    const word = name.toLowerCase();
    if (!RATES.has(word) && !TRANSPARENT.has(word)) throw new Unparsed();
    const { draft, numbers } = this.#arguments();
    const range = draft.range ?? 0;
    if (RATES.has(word)) draft.rate ??= range;
    else if (word.endsWith('_over_time')) draft.smooth ??= range;
    if (CHANGES.has(word)) draft.increase = true;
    if (word.includes('quantile') && numbers[0] !== undefined) draft.quantile ??= numbers[0];
    delete draft.range;
    return draft;
  }

  /** The one argument that is a vector, and the numbers beside it. */
  #arguments(): { draft: Draft; numbers: number[] } {
    const numbers: number[] = [];
    let draft: Draft | undefined;
    this.#expect('(');
    while (!this.#is(')')) {
      const token = this.#peek();
      if (token?.type === 'string' || token?.type === 'variable') this.#at++;
      else {
        const argument = this.#binary();
        if (isScalar(argument)) numbers.push(argument.scale);
        else draft ??= argument;
      }
      if (this.#is(',')) this.#at++;
      else if (!this.#is(')')) throw new Unparsed();
    }
    this.#at++;
    if (draft === undefined) throw new Unparsed();
    return { draft, numbers };
  }

  /** `name(k=v,k=v,)`: values run to the next comma or the closing bracket. */
  #monasca(name: string): Draft {
    const labels = new Map<string, string>();
    this.#expect('(');
    while (!this.#is(')')) {
      const key = this.#take();
      this.#expect('=');
      let value = '';
      while (!this.#is(',') && !this.#is(')')) value += this.#take().text;
      labels.set(key.text, value);
      if (this.#is(',')) this.#at++;
    }
    this.#at++;
    return { metric: name, labels, scale: 1 };
  }

  #window(): number {
    this.#expect('[');
    let window = 0;
    const token = this.#take();
    if (token.type === 'duration' || token.type === 'number') window = durationOf(token.text) ?? 0;
    while (!this.#is(']')) this.#take();
    this.#at++;
    return window;
  }

  /** `{a="b", c=~"d"}` → the equality matchers; also `{a: b}` of InfluxDB legends and `{"quoted.name", …}`. */
  #matchers(): Map<string, string> {
    const labels = new Map<string, string>();
    this.#expect('{');
    while (!this.#is('}')) {
      this.#matcher(labels);
      if (this.#is(',')) this.#at++;
      else if (!this.#is('}')) throw new Unparsed();
    }
    this.#at++;
    return labels;
  }

  #matcher(labels: Map<string, string>): void {
    const key = this.#take();
    if (key.type !== 'name' && key.type !== 'string') throw new Unparsed();
    if (key.type === 'string' && (this.#is(',') || this.#is('}'))) {
      labels.set('__name__', key.text);
      return;
    }
    // `host: a`: the colon was read as a part of the name
    const name = key.text.endsWith(':') ? key.text.slice(0, -1) : key.text;
    const mark = name === key.text ? this.#take().text : ':';
    const value = this.#value();
    if (mark === '=' || mark === ':') labels.set(name, value);
    else if (mark !== '!=' && mark !== '=~' && mark !== '!~') throw new Unparsed();
  }

  #value(): string {
    if (this.#peek()?.type === 'string') return this.#take().text;
    const parts: string[] = [];
    let end = this.#peek()?.start ?? 0;
    while (!this.#is(',') && !this.#is('}')) {
      const token = this.#take();
      if (token.start > end) parts.push(' ');
      parts.push(token.text);
      end = token.end;
    }
    return parts.join('');
  }
}
