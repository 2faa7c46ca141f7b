import { causes } from '../causes/all.js';
import { createText } from '../text/text.js';
import { formatDuration, formatQuantity } from '../text/quantity.js';
import { signalOf } from '../signals/all.js';
import { verify as grade, type Verification } from '../verification/verify.js';
import { inquiryOptions, type InquiryFlags } from './arguments.js';
import { pen, print, type Io } from './io.js';
import { inquireInto } from './open.js';
import { columns, count } from './screen.js';

export interface VerifyFlags extends InquiryFlags {
  readonly json?: boolean;
}

/** `inquest verify BEFORE AFTER`: grades a dump taken after a remedy against one taken before it. */
export async function verify(io: Io, before: string, after: string, flags: VerifyFlags): Promise<void> {
  const options = inquiryOptions(flags);
  const first = await inquireInto(io, [before], options);
  const second = await inquireInto(io, [after], options);
  const result = grade(first, second);
  const { bold } = pen(io);
  if (flags.json === true) await print(io, `${JSON.stringify({ schema: 1, ...result }, null, 2)}\n`);
  else await print(io, `${screen(result, bold).join('\n')}\n`);
}

function screen(result: Verification, bold: (text: string) => string): string[] {
  const { episodes, watched } = result;
  const text = createText('en', { causes, readings: [] });
  const lines = [
    bold(`${result.verdict}${result.verdict === 'no incident before' ? '' : `: ${text.cause(result.cause)}`}`),
    `before: ${count(episodes.before, 'episode')} in ${formatDuration(episodes.beforeSpan)}`,
    `after:  ${count(episodes.after, 'episode')} in ${formatDuration(episodes.afterSpan)}; at most ${episodes.highestRate.toPrecision(2)} an hour (95 %)`,
  ];
  if (result.verdict === 'too early to tell')
    lines.push(
      `a span of ${formatDuration(episodes.needed)} without an episode would show it with 95 % (rule of three)`,
    );
  const rows = promises(watched).map((one) => [
    text.signal(one.signal),
    level(one.signal, one.before),
    level(one.signal, one.after),
    one.expect,
    one.verdict,
  ]);
  return rows.length === 0
    ? lines
    : [...lines, '', ...columns(['signal', 'before', 'after, highest', 'expected', 'seen'], rows, [1, 2], bold)];
}

/** Remedies that promise different things of one signal and are answered alike are one line. */
function promises(
  watched: Verification['watched'],
): { signal: string; before: number | null; after: number | null; expect: string; verdict: string }[] {
  // prettier-ignore
  const lines = new Map<string, ReturnType<typeof promises>[number]>();
  for (const { signal, before, after, expect, verdict } of watched) {
    const key = `${signal} ${verdict}`;
    const same = lines.get(key);
    if (same === undefined) lines.set(key, { signal, before, after, expect, verdict });
    else same.expect += ` or ${expect}`;
  }
  return [...lines.values()];
}

function level(id: string, value: number | null): string {
  const signal = signalOf(id);
  if (value === null || signal === undefined) return '–';
  return formatQuantity(value, signal.kind === 'counter' ? `${signal.unit}/second` : signal.unit, 'en');
}
