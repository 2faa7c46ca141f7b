import { InquestError } from '../errors.js';
import type { InquiryOptions } from '../types/inquiry.js';
import { causes } from '../causes/all.js';
import type { Cause } from '../causes/cause.js';
import { signalOf } from '../signals/all.js';

/** Options of an inquiry as commander gives them. */
export interface InquiryFlags {
  readonly from?: string;
  readonly to?: string;
  readonly tz?: readonly string[];
  readonly symptom?: string;
  readonly only?: readonly string[];
  readonly assume?: readonly string[];
  readonly without?: readonly string[];
}

/** The options of an inquiry from the words of the command line. */
export function inquiryOptions(flags: InquiryFlags): InquiryOptions {
  const from = flags.from === undefined ? undefined : parseTime('--from', flags.from);
  const to = flags.to === undefined ? undefined : parseTime('--to', flags.to);
  if (from !== undefined && to !== undefined && to <= from)
    throw new InquestError('BAD_OPTION', `--to: expected a time after --from, found "${flags.to!}"`);
  if (flags.symptom !== undefined && signalOf(flags.symptom) === undefined)
    throw new InquestError(
      'BAD_OPTION',
      `--symptom: no signal "${flags.symptom.slice(0, 80)}"`,
      'inspect lists those of a dump',
    );
  const only = pairs('--only', flags.only);
  const assume = pairs('--assume', flags.assume);
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(flags.tz === undefined ? {} : { tz: flags.tz.map(parseZone) }),
    ...(flags.symptom === undefined ? {} : { symptom: flags.symptom }),
    ...(only === undefined ? {} : { only }),
    ...(flags.without === undefined ? {} : { without: flags.without }),
    ...(assume === undefined
      ? {}
      : { assume: Object.fromEntries(Object.entries(assume).map(([name, value]) => [factOf(name), typed(value)])) }),
  };
}

/** Facts that some cause asks for. */
function askedFor(): readonly string[] {
  const all: readonly Cause[] = causes;
  const names = all.flatMap(({ clues }) =>
    clues.flatMap(({ expect }) => {
      if (expect.kind === 'fact') return [expect.fact];
      if (expect.kind === 'lifetime') return [`total.${expect.signal}`];
      return expect.kind === 'saturates' && typeof expect.limit !== 'string' && 'fact' in expect.limit
        ? [expect.limit.fact]
        : [];
    }),
  );
  return [...new Set(names)].sort();
}

/** The fact that is meant: its name, or the end of it where that is unmistakable. */
function factOf(name: string): string {
  const known = askedFor();
  if (known.includes(name)) return name;
  const meant = known.filter((fact) => fact.endsWith(`.${name}`));
  if (meant.length === 1) return meant[0]!;
  const word = name.slice(name.lastIndexOf('.') + 1);
  const near = meant.length > 0 ? meant : known.filter((fact) => word !== '' && fact.includes(word));
  throw new InquestError(
    'BAD_OPTION',
    `--assume: no cause asks for a fact "${name.slice(0, 80)}"`,
    `${near.length > 0 ? 'near are' : 'facts are'} ${(near.length > 0 ? near : known).slice(0, 40).join(', ')}`,
  );
}

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/** Epoch ms of `2026-07-14T08:05:00Z`, of the same with an offset, without one (then UTC), or of epoch seconds or ms. */
export function parseTime(option: string, text: string): number {
  if (/^\d{9,11}(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (/^\d{12,14}$/.test(text)) return Number(text);
  const found = ISO.exec(text.trim());
  const time = found === null ? NaN : Date.parse(`${found[1]!}T${found[2] ?? '00:00'}${found[3] ?? 'Z'}`);
  if (Number.isNaN(time))
    throw new InquestError(
      'BAD_OPTION',
      `${option}: expected a time as 2026-07-14T08:05:00Z or epoch seconds, found "${text.slice(0, 80)}"`,
    );
  return time;
}

function parseZone(text: string): { glob?: string; zone: string } {
  const cut = text.lastIndexOf('=');
  const zone = text.slice(cut + 1);
  if (zone !== 'raw' && !isZone(zone))
    throw new InquestError(
      'BAD_OPTION',
      `--tz: expected a zone as Asia/Shanghai, +08:00, UTC or raw, found "${zone.slice(0, 80)}"`,
    );
  return cut < 0 ? { zone } : { glob: text.slice(0, cut), zone };
}

function isZone(zone: string): boolean {
  if (/^[+-]\d{2}:?\d{2}$/.test(zone)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function pairs(option: string, list: readonly string[] | undefined): Record<string, string> | undefined {
  if (list === undefined) return undefined;
  const found = Object.create(null) as Record<string, string>;
  for (const text of list) {
    const cut = text.indexOf('=');
    if (cut < 1) throw new InquestError('BAD_OPTION', `${option}: expected name=value, found "${text.slice(0, 80)}"`);
    found[text.slice(0, cut)] = text.slice(cut + 1);
  }
  return found;
}

function typed(value: string): string | number | boolean {
  if (value === 'true' || value === 'false') return value === 'true';
  return /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value;
}
