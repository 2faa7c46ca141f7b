import { HistogramCheck } from './openmetrics-histogram.js';
import { strictNumber, strictSample, type StrictSample } from './openmetrics-line.js';

/** Metric type → what may follow the family's name. */
const SUFFIXES = new Map<string, readonly string[]>([
  ['counter', ['_total', '_created']],
  ['summary', ['', '_count', '_sum', '_created']],
  ['histogram', ['_count', '_sum', '_bucket', '_created']],
  ['gaugehistogram', ['_gcount', '_gsum', '_bucket']],
  ['info', ['_info']],
  ['gauge', ['']],
  ['stateset', ['']],
  ['unknown', ['']],
]);
const COUNTED = new Set(['_total', '_sum', '_count', '_bucket', '_gcount']);
const META = /^# (HELP|TYPE|UNIT) ([a-zA-Z_:][a-zA-Z0-9_:]*|"(?:[^"\\]|\\.)*") (.*)$/s;
const MAX_FAMILIES = 200_000;

interface Family {
  readonly name: string;
  readonly told: Set<string>;
  type: string;
  unit: string;
  samples: number;
  group: string | undefined;
  stamp: string | undefined;
  readonly groups: Set<string>;
  readonly histogram: HistogramCheck;
}

/**
 * Checks OpenMetrics 1.0 text line by line. Each line gives what was expected there and is not so; the lines are
 * read all the same. Rules of the specification's conformance tests: metadata, order and grouping, values that a type
 * allows, labels it demands, histograms, exemplars, the end.
 * @remarks https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md
 */
export class OpenMetricsCheck {
  #family: Family | undefined;
  #ended = false;
  readonly #seen = new Set<string>();

  /** Defects of one line; also those of the family that this line ends. */
  line(text: string): string[] {
    if (this.#ended) return ['nothing behind # EOF'];
    if (text === '') return ['no blank line'];
    if (text === '# EOF') {
      this.#ended = true;
      return this.#close();
    }
    return text.startsWith('#') ? this.#meta(text) : this.#sample(text);
  }

  /** Defects that show only at the end of the file. */
  end(): string[] {
    return this.#ended ? [] : [...this.#close(), '# EOF at the end'];
  }

  #meta(text: string): string[] {
    const meta = META.exec(text);
    if (!meta) return ['# HELP, TYPE or UNIT with name and text'];
    const [, word, name, said] = meta as unknown as [string, string, string, string];
    const faults: string[] = [];
    if (this.#family?.name !== name) faults.push(...this.#open(name, ''));
    else if (this.#family.samples > 0) faults.push('metadata before the samples');
    const family = this.#family!;
    if (family.told.has(word)) faults.push(`one ${word} for a metric`);
    family.told.add(word);
    if (word === 'TYPE') {
      if (SUFFIXES.has(said)) family.type = said;
      else faults.push('a metric type');
    }
    if (word === 'UNIT') {
      family.unit = said;
      if (said !== '' && !name.endsWith(`_${said}`)) faults.push('a unit that ends the name');
    }
    if (family.unit !== '' && (family.type === 'info' || family.type === 'stateset'))
      faults.push(`no unit for type ${family.type}`);
    return faults;
  }

  #open(name: string, type: string): string[] {
    const faults = this.#close();
    if (this.#seen.has(name)) faults.push('all of a metric in one place');
    if (this.#seen.size < MAX_FAMILIES) this.#seen.add(name);
    const histogram = new HistogramCheck();
    this.#family = {
      name,
      type,
      unit: '',
      samples: 0,
      told: new Set(),
      groups: new Set(),
      group: undefined,
      stamp: undefined,
      histogram,
    };
    return faults;
  }

  #close(): string[] {
    const family = this.#family;
    this.#family = undefined;
    return family ? family.histogram.end() : [];
  }

  #sample(text: string): string[] {
    const sample = strictSample(text);
    if (typeof sample === 'string') return [sample];
    const faults: string[] = [];
    if (!this.#belongs(sample.name)) faults.push(...this.#open(sample.name, 'unknown'));
    const family = this.#family!;
    family.samples++;
    const suffix = sample.name.slice(family.name.length);
    faults.push(...labelFaults(family, suffix, sample), ...valueFaults(family, suffix, sample));
    const group = groupOf(family, sample);
    faults.push(...grouping(family, group, sample));
    if (family.type === 'histogram' || family.type === 'gaugehistogram') {
      faults.push(...family.histogram.sample(suffix, `${group} ${sample.stamp ?? ''}`, sample));
    }
    return faults;
  }

  #belongs(name: string): boolean {
    const family = this.#family;
    if (!family) return false;
    const suffixes = SUFFIXES.get(family.type) ?? [''];
    return suffixes.some((suffix) => name === family.name + suffix);
  }
}

/** Labels that a type demands. */
function labelFaults(family: Family, suffix: string, sample: StrictSample): string[] {
  const { labels } = sample;
  if (family.type === 'stateset' && !labels.has(family.name)) return ['the state as label'];
  if (suffix === '_bucket' && family.type.includes('histogram') && !isNumber(labels.get('le')))
    return ['a number as label le'];
  if (family.type !== 'summary' || suffix !== '') return [];
  const quantile = strictNumber(labels.get('quantile') ?? '');
  return quantile !== undefined && quantile >= 0 && quantile <= 1 ? [] : ['a label quantile from 0 to 1'];
}

function isNumber(text: string | undefined): boolean {
  return text !== undefined && !Number.isNaN(strictNumber(text) ?? Number.NaN);
}

/** Values and exemplars that a type allows. */
function valueFaults(family: Family, suffix: string, { value, exemplar }: StrictSample): string[] {
  const { type } = family;
  const isCount = suffix === '_count' || suffix === '_gcount' || suffix === '_bucket';
  const isCounted = COUNTED.has(suffix);
  const rules: readonly (readonly [boolean, string])[] = [
    [type === 'stateset' && value !== 0 && value !== 1, '0 or 1 as state'],
    [type === 'info' && value !== 1, '1 as value of an info'],
    [type === 'summary' && suffix === '' && value < 0, 'no negative quantile'],
    [(isCounted || suffix === '_gsum') && Number.isNaN(value), 'no NaN in a counter'],
    [isCount && !Number.isNaN(value) && !Number.isInteger(value), 'a whole number as count'],
    [isCounted && value < 0, 'no negative counter'],
    [exemplar && !carriesExemplars(type, suffix), 'exemplars at buckets and counters only'],
  ];
  return rules.filter(([broken]) => broken).map(([, expected]) => expected);
}

function carriesExemplars(type: string, suffix: string): boolean {
  return suffix === '_bucket' ? type.endsWith('histogram') : type === 'counter' && suffix === '_total';
}

/** What makes one metric of a family: its labels without those that its parts differ by. */
function groupOf(family: Family, { labels }: StrictSample): string {
  const parts: string[] = [];
  for (const [name, value] of labels) {
    if (name === 'le' && family.type.includes('histogram')) continue;
    if (name === 'quantile' && family.type === 'summary') continue;
    if (name === family.name && family.type === 'stateset') continue;
    if (family.type !== 'info') parts.push(`${name}=${value}`);
  }
  return parts.sort().join(' ');
}

/** Samples of one metric stand together, their times do not fall, and either all of them have one or none. */
function grouping(family: Family, group: string, sample: StrictSample): string[] {
  const faults: string[] = [];
  if (family.group === group) {
    if ((sample.stamp === undefined) !== (family.stamp === undefined))
      faults.push('timestamps at all samples of a metric or at none');
    else if (Number(family.stamp) > Number(sample.stamp) && family.type !== 'info')
      faults.push('timestamps that do not fall');
  } else if (family.groups.has(group)) faults.push('samples of one metric together');
  family.groups.add(group);
  family.group = group;
  family.stamp = sample.stamp;
  return faults;
}
