import type { Finding } from '../types/finding.js';
import { symptomOf } from './symptoms.js';

/** A finding that hurts somebody. */
export interface Hurt {
  readonly finding: Finding;
  readonly family: string;
  readonly direct: boolean;
  /** It may as well show on the peer of the one who is hurt. */
  readonly mutual: boolean;
}

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
