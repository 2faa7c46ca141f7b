import type { BaseUnit, Unit } from '../types/units.js';

/** A unit as printed: what to multiply by, and what comes out. */
export interface PrintedUnit {
  /** As printed, for provenance. */
  readonly text: string;
  readonly factor: number;
  /** Absent for bare scales (`K`, `Mil`). */
  readonly unit?: Unit;
}

const SI: readonly (readonly [string, number])[] = [
  ['', 1],
  ['k', 1e3],
  ['K', 1e3],
  ['M', 1e6],
  ['G', 1e9],
  ['T', 1e12],
  ['P', 1e15],
];
const IEC: readonly (readonly [string, number])[] = [
  ['Ki', 1024],
  ['Mi', 1024 ** 2],
  ['Gi', 1024 ** 3],
  ['Ti', 1024 ** 4],
  ['Pi', 1024 ** 5],
];

function* spellings(): Generator<readonly [string, number, Unit?]> {
  // bare scales of Grafana's "short" and of SI
  yield* [['K', 1e3], ['k', 1e3], ['Mil', 1e6], ['M', 1e6], ['Bil', 1e9], ['G', 1e9], ['Tri', 1e12], ['T', 1e12], ['Quadr', 1e15], ['Quint', 1e18], ['Sext', 1e21], ['Sept', 1e24]] as const; // prettier-ignore
  for (const [prefix, factor] of IEC) yield [prefix, factor];
  for (const [prefix, factor] of [...SI, ...IEC]) {
    for (const bytes of ['B', 'Bytes', 'bytes']) yield [prefix + bytes, factor, 'bytes'];
    for (const bytes of ['B/s', 'Bps', 'Bytes/s', 'bytes/s', 'B/sec']) yield [prefix + bytes, factor, 'bytes/second'];
    for (const bits of ['b', 'bit', 'bits']) yield [prefix + bits, factor, 'bits'];
    for (const bits of ['b/s', 'bps', 'bit/s', 'bits/s']) yield [prefix + bits, factor, 'bits/second'];
    yield [`${prefix}Hz`, factor, 'hertz'];
    for (const [rate, unit] of RATES) {
      yield [prefix + rate, factor, unit];
      if (prefix !== '') yield [`${prefix} ${rate}`, factor, unit];
    }
  }
  for (const [text, factor] of TIMES) yield [text, factor, 'seconds'];
  yield* [['%', 0.01, 'ratio'], ['percent', 0.01, 'ratio'], ['°C', 1, 'celsius'], ['℃', 1, 'celsius']] as const; // prettier-ignore
}

const RATES: readonly (readonly [string, Unit])[] = [
  ['p/s', 'packets/second'],
  ['pps', 'packets/second'],
  ['packets/s', 'packets/second'],
  ['req/s', 'requests/second'],
  ['rps', 'requests/second'],
  ['reqps', 'requests/second'],
  ['qps', 'requests/second'],
  ['ops/s', 'operations/second'],
  ['ops', 'operations/second'],
  ['io/s', 'operations/second'],
  ['iops', 'operations/second'],
  ['rd/s', 'operations/second'],
  ['wr/s', 'operations/second'],
  ['c/s', 'count/second'],
  ['cps', 'count/second'],
  ['/s', 'count/second'],
];

const TIMES: readonly (readonly [string, number])[] = [
  ...['ns', 'nanoseconds'].map((text) => [text, 1e-9] as const),
  ...['µs', 'μs', 'us', 'microseconds'].map((text) => [text, 1e-6] as const),
  ...['ms', 'msec', 'milliseconds', '毫秒'].map((text) => [text, 1e-3] as const),
  ...['s', 'sec', 'secs', 'second', 'seconds', '秒'].map((text) => [text, 1] as const),
  ...['min', 'mins', 'minute', 'minutes', '分钟'].map((text) => [text, 60] as const),
  ...['h', 'hr', 'hour', 'hours', '小时'].map((text) => [text, 3600] as const),
  ...['d', 'day', 'days', '天'].map((text) => [text, 86_400] as const),
  ...['week', 'weeks'].map((text) => [text, 604_800] as const),
];

const known: ReadonlyMap<string, PrintedUnit> = new Map(
  [...spellings()].map(([text, factor, unit]) => [
    text,
    unit === undefined ? { text, factor } : { text, factor, unit },
  ]),
);

/** The unit that a suffix of a cell or a bracket of a header names; undefined when nobody writes it so. */
export function printedUnit(text: string): PrintedUnit | undefined {
  return known.get(text);
}

/**
 * The unit in brackets at the end of a header (`LatencyP99(s)`, `Memory [MiB]`) and the header without it.
 * A bracket that is no unit stays in the name.
 */
export function headerUnit(header: string): { readonly name: string; readonly unit?: PrintedUnit } {
  const match = /^(.{1,200}?)\s*[([（]([^()[\]（）]{1,20})[)\]）]$/u.exec(header.slice(0, 300));
  const unit = match?.[2] === undefined ? undefined : printedUnit(match[2].trim());
  // a bare scale in brackets is more likely an abbreviation of something else
  if (match?.[1] === undefined || unit?.unit === undefined) return { name: header };
  return { name: match[1], unit };
}

/** Dimension of a unit: `bytes/second` and `bytes` differ, `ms` and `s` do not. */
export function dimension(unit: Unit | undefined): BaseUnit | `${BaseUnit}/second` | 'none' {
  return unit ?? 'none';
}
