import type { Incident } from '../types/diagnosis.js';
import type { Inquiry } from '../types/inquiry.js';
import type { Cell } from '../types/notebook.js';
import type { Text } from '../text/text.js';

/** What a section may look at. */
export interface SectionContext {
  readonly inquiry: Inquiry;
  readonly text: Text;
  /** The incident in turn; absent outside `:::: incidents`. */
  readonly incident: Incident | undefined;
  /** Options of the directive: `::: timeline rows=6`. */
  readonly options: Readonly<Record<string, string>>;
  /** Makes ids of cells unique: `incident-1-timeline`. */
  readonly prefix: string;
}

/** One part of a report. A plain object, one per file of `sections/`, its id equal to the file name. */
export interface Section {
  readonly id: string;
  /** Whether it speaks of one incident and is left out without one. */
  readonly perIncident: boolean;
  build(context: SectionContext): readonly Cell[];
}
