import type { Finding } from '../types/finding.js';
import type { Case } from '../types/case.js';
import type { Milliseconds } from '../types/units.js';
import { symptomOf } from './symptoms.js';

/** A finding that hurts somebody. */
export interface Hurt {
  readonly finding: Finding;
  readonly family: string;
  readonly direct: boolean;
  /** It may as well show on the peer of the one who is hurt. */
  readonly mutual: boolean;
}

/** The time that a dump covers, and the pods that began within it. */
export type Recording = Pick<Case, 'span'> & Partial<Pick<Case, 'entities'>>;

const PATTERNS = new Set(['burst', 'dip', 'level-shift', 'saturation']);

/**
 * What a finding says of harm; null when it is no symptom or too small to matter.
 * @param start - first instant of the recording: what was there from then on has no beginning in it
 * @param symptom - signal that counts as a symptom whatever its size
 */
export function hurtOf(finding: Finding, start: number, symptom: string | undefined): Hurt | null {
  if (!PATTERNS.has(finding.pattern)) return null;
  // what was there from the first sample on has no beginning in this recording
  if (finding.from <= start + finding.uncertainty) return null;
  if (finding.signal === symptom) return { finding, family: finding.signal, direct: true, mutual: false };
  const known = symptomOf(finding.signal, finding.labels['quantile']);
  if (known === undefined || known.direction !== finding.direction) return null;
  const change = Math.abs(finding.peak - finding.baseline);
  if (change < known.least) return null;
  if (finding.baseline > 0 && finding.peak < known.ratio * finding.baseline) return null;
  return { finding, family: known.family, direct: known.direct ?? false, mutual: known.mutual ?? false };
}

/**
 * When the recording of what a finding speaks of began: that of the dump, or of a pod that began within it. A pod that
 * warms up is not hurt; there is no time before it to compare with.
 */
export function beginnings({ span, entities = [] }: Recording): (finding: Finding) => Milliseconds {
  const born = new Map<string, Milliseconds>();
  for (const { labels, begins } of entities)
    if (labels['pod'] !== undefined && begins !== undefined) born.set(labels['pod'], begins);
  return ({ labels }) => born.get(labels['pod'] ?? '') ?? span.from;
}
