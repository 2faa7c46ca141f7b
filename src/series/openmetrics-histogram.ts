import { strictNumber, type StrictSample } from './openmetrics-line.js';

interface Parts {
  readonly group: string;
  bound: number | undefined;
  /** Value of the last bucket. */
  value: number;
  count: number | undefined;
  sum: boolean;
  gsum: boolean;
  negativeBounds: boolean;
  negativeGsum: boolean;
}

/** Checks that the parts of each histogram fit: order of bounds, growing counts, `+Inf`, count and sum. */
export class HistogramCheck {
  #parts: Parts | undefined;

  /** @param group labels without `le`, and the timestamp */
  sample(suffix: string, group: string, sample: StrictSample): string[] {
    const faults: string[] = [];
    if (this.#parts?.group !== group) {
      faults.push(...this.end());
      this.#parts = {
        group,
        bound: undefined,
        value: 0,
        count: undefined,
        sum: false,
        gsum: false,
        negativeBounds: false,
        negativeGsum: false,
      };
    }
    const parts = this.#parts;
    if (suffix === '_bucket') return [...faults, ...bucket(parts, sample)];
    if (suffix === '_count' || suffix === '_gcount') parts.count = sample.value;
    else if (suffix === '_sum') parts.sum = true;
    else if (suffix === '_gsum') {
      parts.gsum = true;
      parts.negativeGsum = sample.value < 0;
    }
    return faults;
  }

  /** Defects of the histogram that ends here. */
  end(): string[] {
    const parts = this.#parts;
    this.#parts = undefined;
    if (!parts) return [];
    const faults: string[] = [];
    const { count } = parts;
    const summed = parts.sum || parts.gsum;
    if (parts.bound !== Infinity) faults.push('a bucket le="+Inf"');
    else if (count !== undefined && count !== parts.value) faults.push('a count equal to the last bucket');
    if (summed && count === undefined) faults.push('a count beside the sum');
    if (!summed && count !== undefined) faults.push('a sum beside the count');
    if (parts.negativeBounds && parts.sum) faults.push('no sum with negative buckets');
    if (!parts.negativeBounds && parts.negativeGsum) faults.push('no negative sum without negative buckets');
    return faults;
  }
}

function bucket(parts: Parts, sample: StrictSample): string[] {
  const bound = strictNumber(sample.labels.get('le') ?? '');
  if (bound === undefined) return [];
  const faults: string[] = [];
  if (bound < 0) parts.negativeBounds = true;
  if (parts.bound !== undefined && bound <= parts.bound) faults.push('buckets in rising order');
  if (sample.value < parts.value) faults.push('bucket counts that do not fall');
  parts.bound = bound;
  parts.value = sample.value;
  return faults;
}
