import { visible } from '../text/escape.js';
import {
  formatClock,
  formatDuration,
  formatNumber,
  formatP,
  formatQuantity,
  formatTime,
  isRelative,
} from '../text/quantity.js';
import type { Finding } from '../types/finding.js';
import { inquiryOptions, type InquiryFlags } from './arguments.js';
import { pen, print, type Io } from './io.js';
import { inquireInto } from './open.js';
import { entity } from '../notebook/parts/pods.js';
import { columns, count } from './screen.js';

export interface DetectFlags extends InquiryFlags {
  readonly json?: boolean;
}

/** `inquest detect PATH...`: findings only. */
export async function detect(io: Io, paths: readonly string[], flags: DetectFlags): Promise<void> {
  const { diagnosis } = await inquireInto(io, paths, inquiryOptions(flags));
  const { findings, problems } = diagnosis;
  if (flags.json === true) {
    await print(io, `${JSON.stringify({ schema: 1, findings, problems }, null, 2)}\n`);
    return;
  }
  const { bold } = pen(io);
  const sorted = [...findings].sort((a, b) => a.from - b.from || b.strength - a.strength || (a.id < b.id ? -1 : 1));
  const table = columns(
    ['onset (UTC)', 'lasts', 'pattern', 'signal', 'where', 'usual', 'extreme', 'z', 'p'],
    sorted.map(row),
    [1, 5, 6, 7, 8],
    bold,
  );
  const day =
    sorted[0] === undefined
      ? ''
      : ` from ${formatTime(sorted[0].from)} ${isRelative(sorted[0].from) ? 'after the start' : 'UTC'} on`;
  await print(
    io,
    `${[`${count(findings.length, 'finding')}${day}`, ...(findings.length > 0 ? ['', ...table] : [])].join('\n')}\n`,
  );
}

function row(finding: Finding): string[] {
  return [
    formatClock(finding.from),
    formatDuration(finding.to - finding.from),
    `${finding.pattern}${finding.direction === undefined ? '' : finding.direction === 'up' ? ' ↑' : ' ↓'}`,
    visible(finding.signal, 60),
    entity(finding.labels, 60),
    formatQuantity(finding.baseline, finding.unit, 'en'),
    formatQuantity(finding.peak, finding.unit, 'en'),
    formatNumber(finding.strength, 2),
    formatP(finding.p),
  ];
}
