import type { JsonHandler, JsonScanner } from '../dump/json-scanner.js';
import type { SeriesWriter, Sink } from '../importers/importer.js';
import type { Labels } from '../types/series.js';
import { HistogramReader } from './native-histogram.js';

/** What an open bracket stands for in an answer of the query API. */
const ROLE = {
  root: 1, data: 2, result: 3, entry: 4, metric: 5, values: 6, pair: 7, histograms: 8, histogramPair: 9, histogram: 10,
  buckets: 11, bucket: 12, labelSets: 13, labelSet: 14, notes: 15, skip: 16,
} as const; // prettier-ignore
type Role = (typeof ROLE)[keyof typeof ROLE];

/** Child of an open bracket by its key: `{` or `[` in front. */
const CHILDREN: Readonly<Record<number, Readonly<Record<string, Role>>>> = {
  [ROLE.root]: {
    '{data': ROLE.data, '[data': ROLE.labelSets, '[result': ROLE.result, '[warnings': ROLE.notes, '[infos': ROLE.notes,
    // one series alone, as in an array of them
    '{metric': ROLE.metric, '[values': ROLE.values, '[value': ROLE.pair, '[histograms': ROLE.histograms,
    '[histogram': ROLE.histogramPair,
  },
  [ROLE.data]: { '[result': ROLE.result },
  [ROLE.entry]: {
    '{metric': ROLE.metric, '[values': ROLE.values, '[value': ROLE.pair, '[histograms': ROLE.histograms,
    '[histogram': ROLE.histogramPair,
  },
  [ROLE.histogram]: { '[buckets': ROLE.buckets },
}; // prettier-ignore

/** Elements of arrays, which have no key. */
const ELEMENTS: Readonly<Record<number, Readonly<Record<string, Role>>>> = {
  [ROLE.result]: { '{': ROLE.entry },
  [ROLE.values]: { '[': ROLE.pair },
  [ROLE.histograms]: { '[': ROLE.histogramPair },
  [ROLE.histogramPair]: { '{': ROLE.histogram },
  [ROLE.buckets]: { '[': ROLE.bucket },
  [ROLE.labelSets]: { '{': ROLE.labelSet },
};

/** Objects of an answer that are none themselves. */
const BESIDE = new Set(['stats', 'trace', 'metadata', 'timings', 'analysis']);

const NUMBER = /^[+-]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:[eE][+-]?\d{1,6})?$/;
/** As Go reads them: in any case, long or short. */
const NAN = /^nan$/i;
const INFINITE = /^[+-]?inf(?:inity)?$/i;

/** Turns the tokens of an answer of the Prometheus query API into samples, whatever the order of its keys. */
export class QueryReader implements JsonHandler {
  readonly #sink: Sink;
  readonly #path: string;
  readonly #roles: Role[] = [];
  #scanner: JsonScanner | undefined;
  #key = '';
  #labels: Record<string, string> | undefined;
  #name = '';
  #writer: SeriesWriter | undefined;
  /** Samples that came before their labels: time, value, line. */
  #early: number[] = [];
  #time = NaN;
  #item = 0;
  /** Key under which an answer stands in an object of several. */
  #wrapper = '';
  #error = '';
  #errorType = '';
  readonly #histogram: HistogramReader;
  resultType = '';
  entries = 0;
  samples = 0;
  failed = false;

  constructor(sink: Sink, path: string) {
    this.#sink = sink;
    this.#path = path;
    this.#histogram = new HistogramReader(sink);
  }

  /** The scanner whose line the samples come from. */
  attach(scanner: JsonScanner): void {
    this.#scanner = scanner;
  }

  get #role(): Role | undefined {
    return this.#roles[this.#roles.length - 1];
  }

  #enter(bracket: '{' | '['): Role {
    const parent = this.#role;
    let role: Role;
    if (parent === undefined) role = bracket === '{' ? ROLE.root : ROLE.result;
    else {
      const table = CHILDREN[parent];
      role = (table === undefined ? ELEMENTS[parent]?.[bracket] : table[bracket + this.#key]) ?? ROLE.skip;
      if (role === ROLE.skip && bracket === '{' && this.#isWrapper()) {
        this.#wrapper = this.#key;
        role = ROLE.root;
      }
    }
    this.#roles.push(role);
    return role;
  }

  /** Scripts save several answers in one object, each under its query. */
  #isWrapper(): boolean {
    return this.#roles.length === 1 && this.#role === ROLE.root && !BESIDE.has(this.#key);
  }

  openObject(): void {
    const role = this.#enter('{');
    if (role === ROLE.entry) this.#begin();
    else if (role === ROLE.metric || role === ROLE.labelSet) {
      this.#labels = Object.create(null) as Record<string, string>;
      this.#name = '';
    } else if (role === ROLE.histogram) this.#histogram.begin(this.#time);
  }

  openArray(): boolean {
    const role = this.#enter('[');
    if (role === ROLE.pair || role === ROLE.histogramPair || role === ROLE.bucket || role === ROLE.result)
      this.#item = 0;
    if (role === ROLE.result && this.#roles.length === 1 && this.resultType === '') this.resultType = 'bare result';
    return role === ROLE.values;
  }

  closeObject(): void {
    const role = this.#roles.pop();
    if (role === ROLE.metric) this.#named();
    else if (role === ROLE.entry) this.#finish();
    else if (role === ROLE.root) this.#answered();
    else if (role === ROLE.histogram) this.#endHistogram();
    else if (role === ROLE.labelSet && this.#labels !== undefined) {
      this.resultType = 'list of series, no samples';
      this.#sink.fact('prometheus.series', this.#name, { labels: this.#labels, line: this.#line });
    }
  }

  closeArray(): void {
    this.#roles.pop();
  }

  key(name: string): void {
    this.#key = name;
  }

  string(text: string): void {
    switch (this.#role) {
      case ROLE.pair:
      case ROLE.result:
        this.#value(text);
        break;
      case ROLE.metric:
      case ROLE.labelSet:
        this.#label(text);
        break;
      case ROLE.bucket:
        this.#histogram.bucket(this.#item, text, this.#line);
        this.#item += 1;
        break;
      case ROLE.histogram:
        this.#histogram.total(this.#key, text, this.#line);
        break;
      case ROLE.notes:
        this.#sink.problem('SERVER_WARNING', { text }, this.#line);
        break;
      case ROLE.root:
        this.#envelope(text);
        break;
      case ROLE.data:
        if (this.#key === 'resultType') this.resultType = text;
        break;
      default:
    }
  }

  number(value: number): void {
    const role = this.#role;
    if (role === ROLE.pair || role === ROLE.result || role === ROLE.histogramPair) {
      if (this.#item === 0) {
        this.#time = millisecondsOf(value);
        this.#item = 1;
      } else if (role !== ROLE.histogramPair) this.#sample(this.#time, value);
    } else if (role === ROLE.bucket) this.#item += 1;
    else if (role === ROLE.metric || role === ROLE.labelSet) this.#label(String(value));
  }

  literal(value: boolean | null): void {
    if (this.#role === ROLE.pair) this.#sink.problem('BAD_NUMBER', { found: String(value) }, this.#line);
    else if (this.#role === ROLE.root && this.#key === 'isPartial' && value === true)
      this.#sink.problem('SERVER_WARNING', { text: 'isPartial: not every store answered' }, this.#line);
  }

  pairs(first: Float64Array, second: Float64Array, count: number): void {
    for (let i = 0; i < count; i++) first[i] = millisecondsOf(first[i]!);
    if (this.#writer === undefined) {
      for (let i = 0; i < count; i++) this.#sample(first[i]!, second[i]!);
    } else {
      this.samples += count;
      this.#writer.pushAll(first, second, count, this.#line);
    }
  }

  get #line(): number {
    return this.#scanner?.line ?? 0;
  }

  #envelope(text: string): void {
    if (this.#key === 'status') this.failed = text === 'error';
    else if (this.#key === 'error') this.#error = text;
    else if (this.#key === 'errorType') this.#errorType = text;
    // tools that save an answer for somebody often put the query beside it
    else if (this.#key === 'query' || this.#key === 'expr') this.#sink.expression(this.#path, text);
  }

  #label(text: string): void {
    if (this.#labels === undefined) return;
    if (this.#key === '__name__') this.#name = text;
    else {
      if (Object.hasOwn(this.#labels, this.#key))
        this.#sink.problem('DUPLICATE_KEY', { key: this.#key, used: text }, this.#line);
      this.#labels[this.#key] = text;
    }
  }

  #begin(): void {
    this.entries += 1;
    this.#labels = undefined;
    this.#name = '';
    this.#writer = undefined;
    this.#early = [];
  }

  #named(): void {
    if (this.#name === '') this.#name = this.#wrapper;
    this.#writer = this.#sink.series(this.#name, this.#labels ?? {});
    for (let i = 0; i < this.#early.length; i += 3)
      this.#writer.push(this.#early[i]!, this.#early[i + 1]!, this.#early[i + 2]);
    this.#early = [];
    this.#histogram.write(this.#name, this.#labels ?? EMPTY);
  }

  #endHistogram(): void {
    this.#histogram.end(this.#line);
    // until the labels have come there is no writer
    if (this.#writer !== undefined) this.#histogram.write(this.#name, this.#labels ?? EMPTY);
  }

  #finish(): void {
    if (this.#writer === undefined && (this.#early.length > 0 || this.#histogram.waiting)) this.#named();
  }

  #answered(): void {
    if (this.failed) this.#sink.problem('ERROR_RESPONSE', { type: this.#errorType, error: this.#error });
    this.failed = this.failed && this.#roles.length === 0;
    this.#finish();
    this.#begin();
    this.#wrapper = '';
    this.entries -= 1;
  }

  #value(text: string): void {
    if (NUMBER.test(text)) {
      const value = Number(text);
      if (!Number.isFinite(value)) this.#outOfRange(text, 'no value');
      else {
        if (value === 0 && /[1-9]/.test(text.split(/e/i, 1)[0]!)) this.#outOfRange(text, '0');
        this.#sample(this.#time, value);
      }
    } else if (NAN.test(text)) this.#sample(this.#time, NaN);
    else if (INFINITE.test(text)) this.#sample(this.#time, text.startsWith('-') ? -Infinity : Infinity);
    else this.#sink.problem('BAD_NUMBER', { found: text }, this.#line);
  }

  #outOfRange(text: string, used: string): void {
    this.#sink.problem('NUMBER_RANGE', { found: text, used }, this.#line);
  }

  #sample(time: number, value: number): void {
    if (!Number.isFinite(time)) return;
    this.samples += 1;
    if (this.#writer !== undefined) this.#writer.push(time, value, this.#line);
    else if (this.#role === ROLE.result) this.#sink.series(this.#wrapper, EMPTY).push(time, value, this.#line);
    else this.#early.push(time, value, this.#line);
  }
}

const EMPTY: Labels = Object.freeze({});

/** Seconds to ms; numbers that are only plausible as milliseconds are. */
function millisecondsOf(stamp: number): number {
  return Math.round(Math.abs(stamp) < 1e11 ? stamp * 1000 : stamp);
}
