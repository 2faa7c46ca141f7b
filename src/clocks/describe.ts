import type { ClockStatement } from '../types/case.js';

/** One line on the zone of a file and why it is believed: `+08:00 (Asia/Shanghai), inferred: …`. */
export function describeClock({ zone, how, evidence, shift }: ClockStatement): string {
  if (zone === 'relative') return 'relative to an unknown start';
  if (zone === 'boot') return shift === 0 ? 'since boot, boot time unknown' : 'since boot, boot time known';
  if (how === 'stated') return `${zone}, in the file`;
  if (how !== 'inferred' || evidence === undefined) return `${zone}, ${how}`;
  return `${zone}, inferred: ${reason(evidence)}`;
}

function reason(evidence: NonNullable<ClockStatement['evidence']>): string {
  if (evidence.overlap === true) return 'the only zone under which it lies in the time of the other files';
  const parts: string[] = [];
  const { compared, equal, correlation, runnerUp, files, series } = evidence;
  if (compared !== undefined && equal !== undefined)
    parts.push(`${equal} of ${compared} values equal to those of sources with known clock`);
  if (correlation !== undefined) parts.push(`correlation ${correlation} over ${series} series`);
  if (runnerUp !== undefined)
    parts.push(
      `next best ${runnerUp.zone} (${percent(runnerUp.equal)}, correlation ${runnerUp.correlation ?? 'none'})`,
    );
  else parts.push('no other zone lets them overlap');
  if (files !== undefined) parts.push(`from ${files} files of the folder together`);
  return parts.join(', ');
}

function percent(share: number | undefined): string {
  return share === undefined ? 'nothing to compare' : `${Math.round(share * 100)} % equal`;
}
