import type { TopLevelSpec } from 'vega-lite';
import type { Source } from './series.js';

export type LanguageId = 'en' | 'zh';

/** A column of a table cell; numbers are printed with the unit in the head. */
export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right' | 'center';
  /** Its cells stand on one line each. */
  readonly unbroken?: true;
}

/** Text that came from the dump is always `{ text }` of a table or an escaped span, never Markdown source. */
export type TableValue =
  | string
  | number
  | {
      readonly text: string;
      readonly tone?: 'for' | 'against' | 'unknown' | 'good' | 'bad' | 'strong';
      /** Shown in the fixed-width face: names as the files spell them. */
      readonly code?: boolean;
      readonly cites?: readonly Source[];
    };

interface CellBase {
  readonly id: string;
  /** Sources of every number in the cell. */
  readonly cites?: readonly Source[];
}

export type Cell =
  /** Markdown written by us; values from the dump must be passed through `escapeMarkdown`. */
  | (CellBase & { readonly type: 'markdown'; readonly text: string })
  | (CellBase & {
      readonly type: 'table';
      readonly caption?: string;
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly TableValue[])[];
    })
  | (CellBase & {
      readonly type: 'chart';
      readonly spec: TopLevelSpec;
      /** The same for a telephone's width; colours of both may be CSS variables of the page (`cssTheme`). */
      readonly narrow?: TopLevelSpec;
      readonly alt: string;
      readonly caption?: string;
    })
  | (CellBase & { readonly type: 'command'; readonly text: string })
  /** A chain of steps, each leading to the next. */
  | (CellBase & { readonly type: 'chain'; readonly steps: readonly string[] })
  /** A list of plain texts, set in columns. */
  | (CellBase & { readonly type: 'list'; readonly items: readonly string[] })
  /** Where the renderer puts the list of everything cited. */
  | (CellBase & { readonly type: 'sources'; readonly columns: readonly string[]; readonly more: string })
  /** A folded part: appendix material. */
  | (CellBase & { readonly type: 'details'; readonly summary: string; readonly cells: readonly Cell[] });

export interface Notebook {
  readonly title: string;
  readonly language: LanguageId;
  readonly cells: readonly Cell[];
}
