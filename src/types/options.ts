import type { Milliseconds } from './units.js';

/** What the engineer may say beforehand. */
export interface InquiryOptions {
  /** Incident window, given; epoch ms UTC. */
  readonly from?: Milliseconds;
  readonly to?: Milliseconds;
  /** Zones of sources with local times: `{ glob?, zone }`; zone `raw` undoes inference. */
  readonly tz?: readonly { readonly glob?: string; readonly zone: string }[];
  /** Signal whose movement is the complaint. */
  readonly symptom?: string;
  /** Keep only series whose labels match. */
  readonly only?: Readonly<Record<string, string>>;
  /** Facts given by the engineer, marked as assumed. */
  readonly assume?: Readonly<Record<string, string | number | boolean>>;
  /** Globs of files to leave out, to see what the verdict rests on. */
  readonly without?: readonly string[];
}
