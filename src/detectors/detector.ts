import type { Finding, Pattern } from '../types/finding.js';
import type { Track } from '../types/track.js';

/** One pattern in one series. A plain object, one per file of this folder, its id equal to the file name. */
export interface Detector {
  readonly id: string;
  readonly pattern: Pattern;
  readonly title: string;
  /** Literature the method comes from. */
  readonly reference: string;
  /** Whether multiplying a series by k > 0 moves no boundary. */
  readonly scaleFree: boolean;
  /** Samples below which it tests nothing; Infinity where it states what no chance makes. */
  readonly fewest: number;
  detect(track: Track): readonly Finding[];
}
