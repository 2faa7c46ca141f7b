import type { Labels } from '../types/series.js';
import type { Expression } from './expression.js';

/** Growing form of an expression; `scalar` when it is a number alone. */
export interface Draft {
  metric?: string;
  labels: Map<string, string>;
  rate?: number;
  increase?: boolean;
  scale: number;
  by?: readonly string[];
  without?: readonly string[];
  aggregate?: string;
  quantile?: number;
  smooth?: number;
  over?: Draft;
  /** Window of a bare range selector, waiting for the function around it. */
  range?: number;
}

/** The text is no expression that names one metric. */
export class Unparsed extends Error {}

/** The expression of a finished draft; null when it names no metric. */
export function finish(draft: Draft): Expression | null {
  const metric = draft.metric ?? draft.labels.get('__name__');
  if (metric === undefined || !Number.isFinite(draft.scale) || draft.scale === 0) return null;
  const over = draft.over && finish(draft.over);
  if (over === null) return null;
  const { rate, increase, by, without, aggregate, quantile, smooth } = draft;
  draft.labels.delete('__name__');
  return {
    metric,
    labels: labelsOf(draft.labels),
    ...(rate !== undefined && { rate }),
    ...(increase === true && { increase }),
    scale: draft.scale,
    ...(by && { by }),
    ...(without && { without }),
    ...(aggregate !== undefined && { aggregate }),
    ...(quantile !== undefined && { quantile }),
    ...(smooth !== undefined && { smooth }),
    ...(over && { over }),
  };
}

/** A label object that is safe against labels called `__proto__`, its names sorted. */
export function labelsOf(entries: Iterable<readonly [string, string]>): Labels {
  const labels = Object.create(null) as Record<string, string>;
  for (const [name, value] of [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) labels[name] = value;
  return labels;
}

/** Whether a draft is a number alone. */
export function isScalar(draft: Draft): boolean {
  return draft.metric === undefined && draft.labels.size === 0;
}

/** The draft of `left mark right`; a join with labels of another metric (`* on (…) group_left`) leaves the numbers alone. */
export function combine(left: Draft, mark: string, right: Draft, joined: boolean): Draft {
  if (joined) return left;
  return mark === '*' || mark === '/' ? product(left, mark, right) : filtered(left, mark, right);
}

/** Comparisons with a number only filter; sums and differences make a quantity that no metric names. */
function filtered(left: Draft, mark: string, right: Draft): Draft {
  const sum = mark === '+' || mark === '-';
  if (!sum && isScalar(right) && !isScalar(left)) return left;
  if (!isScalar(left) || !isScalar(right)) throw new Unparsed();
  return { labels: new Map(), scale: mark === '+' ? left.scale + right.scale : left.scale - right.scale };
}

function product(left: Draft, mark: '*' | '/', right: Draft): Draft {
  if (isScalar(right)) return { ...left, scale: mark === '*' ? left.scale * right.scale : left.scale / right.scale };
  if (isScalar(left) && mark === '*') return { ...right, scale: left.scale * right.scale };
  if (mark === '/' && !isScalar(left)) return { ...left, over: right };
  throw new Unparsed();
}
