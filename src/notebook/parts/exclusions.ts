import { beforeAfter } from '../../charts/before-after.js';
import { formatNumber, formatP, formatShare, formatTick } from '../../text/quantity.js';
import type { MessageKey, Text } from '../../text/text.js';
import type { Evidence, Hypothesis, Incident, Observed } from '../../types/diagnosis.js';
import type { Inquiry } from '../../types/inquiry.js';
import type { Cell, Column, TableValue } from '../../types/notebook.js';
import type { SectionContext } from '../section.js';
import { expectedPhrase, expectsRise } from '../../text/expected.js';
import { evidencePhrase, subject, tighter } from './evidence.js';
import { chartCell } from './pictures.js';
import { suspects } from './suspects.js';

const CHARTED = 16;
/** Excluded causes in the open table; further ones are folded. */
const SHOWN = 10;

/** Exclusions with their numbers: change seen, smallest change that would have been seen, share of clues tested. */
export function exclusionCells(incident: Incident, { inquiry, text, prefix }: SectionContext): Cell[] {
  const doubted = incident.hypotheses.filter((h) => h.cause !== 'unknown' && against(h).length > 0);
  if (doubted.length === 0) return [];
  const out = suspects(doubted);
  const rest = doubted.filter((h) => h.verdict !== 'excluded');
  const cells: Cell[] = [
    {
      type: 'markdown',
      id: `${prefix}exclusions`,
      text: `### ${text.t('exclusions.heading')}\n\n${text.t(out.length > 0 ? 'exclusions.intro' : 'exclusions.none')}`,
    },
  ];
  if (out.length > 0)
    cells.push(
      table(`${prefix}exclusions-table`, out.slice(0, SHOWN), inquiry, text, text.plain('exclusions.caption')),
    );
  const folded = [
    { key: 'exclusions.more', id: `${prefix}exclusions-more`, causes: out.slice(SHOWN) },
    { key: 'exclusions.rest', id: `${prefix}exclusions-rest`, causes: rest },
  ] as const;
  for (const { key, id, causes } of folded)
    if (causes.length > 0)
      cells.push({
        type: 'details',
        id,
        summary: text.plain(key, { n: causes.length }),
        cells: [table(`${id}-table`, causes, inquiry, text)],
      });
  return [...cells, ...changeCells(incident, text, prefix)];
}

function against(hypothesis: Hypothesis): Evidence[] {
  return hypothesis.evidence
    .filter((e) => e.verdict === 'against' && e.shadowed !== true)
    .sort((a, b) => a.weight - b.weight || (a.clue < b.clue ? -1 : 1));
}

/** What was looked at, what the cause predicts of it, and what was seen: in numbers where there are any. */
function compared(cause: string, evidence: Evidence, inquiry: Inquiry, text: Text): readonly string[] {
  const expect = text.clueOf(cause, evidence.clue)?.expect;
  const predicted = expectedPhrase(expect, evidence.observed?.unit, text);
  const name = subject(cause, evidence, text);
  const { observed } = evidence;
  if (observed !== null) return [name, predicted, seenOf(expect, observed, text), visibleFrom(observed, text)];
  const phrase = evidencePhrase(cause, evidence, inquiry, text);
  return phrase.startsWith(name)
    ? [name, predicted, phrase.slice(name.length).trim(), '']
    : [text.clue(cause, evidence.clue), predicted, phrase, ''];
}

/** The change, and what it can have been: at most, where it should have risen; at least, where it should not have. */
function seenOf(expect: ReturnType<Text['expectation']>, observed: Observed, text: Text): string {
  const { unit } = observed;
  const change = text.quantity(observed.change, unit);
  const limit = limitOf(expect, observed, text);
  return limit === '' ? change : text.plain('exclusions.seen', { change, limit });
}

/** Without its unit, which stands beside it already, unless it has a prefix of its own. */
function limitOf(expect: ReturnType<Text['expectation']>, observed: Observed, text: Text): string {
  const shown = (value: number): string => formatTick(value, observed.unit, text.language);
  if (expectsRise(expect)) {
    const most = atMost(observed);
    return most === null || tighter(observed) === 0 ? '' : text.plain('exclusions.most', { value: shown(most) });
  }
  const least = observed.limits?.low ?? null;
  if (least !== null && (least > 0 || expect?.kind !== 'flat'))
    return text.plain('exclusions.least', { value: shown(least) });
  // a peak that stands out, while the mean over so few samples may be anything: how surely it is one, its chance tells
  return observed.p === undefined ? '' : text.plain('exclusions.chance', { p: formatP(observed.p) });
}

function atMost(observed: Observed): number | null {
  const high = observed.limits?.high ?? null;
  const ceiling = tighter(observed);
  return high === null || ceiling === null ? (high ?? ceiling) : Math.min(high, ceiling);
}

/** The smallest change that would have been seen; a counter that stood still would have shown any. */
function visibleFrom(observed: Observed, text: Text): string {
  if (tighter(observed) === 0) return text.plain('exclusions.any');
  return observed.mde === null ? '' : text.quantity(observed.mde, observed.unit);
}

function table(id: string, hypotheses: readonly Hypothesis[], inquiry: Inquiry, text: Text, caption?: string): Cell {
  const rows = hypotheses.flatMap((h) =>
    against(h)
      .slice(0, 2)
      .map((e, i): TableValue[] => {
        const [looked = '', ...numbers] = compared(h.cause, e, inquiry, text);
        return [
          i === 0
            ? { text: text.cause(h.cause), ...(h.verdict === 'excluded' ? { tone: 'strong' as const } : {}) }
            : '',
          { text: looked, cites: e.sources.slice(0, 3) },
          ...numbers,
          formatNumber(e.weight),
          i === 0 ? formatShare(h.coverage) : '',
        ];
      }),
  );
  const right = (key: MessageKey): Column => ({ title: text.plain(key), align: 'right' });
  return {
    type: 'table',
    id,
    ...(caption === undefined ? {} : { caption }),
    columns: [
      { title: text.plain('column.cause') },
      { title: text.plain('column.lookedAt') },
      { title: text.plain('column.expected') },
      right('column.changeSeen'),
      right('column.mde'),
      right('column.weight'),
      right('column.coverage'),
    ],
    rows,
  };
}

/** Every observation with a detectable effect, once per signal: what moved, and what stood still how surely. */
function changeCells(incident: Incident, text: Text, prefix: string): Cell[] {
  const seen = new Map<string, Observed>();
  for (const h of incident.hypotheses)
    for (const e of h.evidence)
      if (e.observed?.mde != null && e.observed.mde > 0 && !seen.has(e.signal)) seen.set(e.signal, e.observed);
  const all = Array.from(seen.entries()).map(([signal, o]) => ({
    title: text.signal(signal),
    ratio: o.change / o.mde!,
    moved: o.state === 'up' || o.state === 'down',
    label: text.plain('change.label', { change: text.quantity(o.change, o.unit), mde: text.quantity(o.mde!, o.unit) }),
  }));
  const order = (a: { ratio: number; title: string }, b: { ratio: number; title: string }): number =>
    Math.abs(b.ratio) - Math.abs(a.ratio) || (a.title < b.title ? -1 : 1);
  const moved = all.filter((row) => row.moved).sort(order);
  const still = all.filter((row) => !row.moved).sort(order);
  const half = Math.max(CHARTED / 2, CHARTED - still.length);
  const rows = [...moved.slice(0, half), ...still.slice(0, CHARTED - Math.min(half, moved.length))];
  if (rows.length === 0) return [];
  const alt = text.plain('change.alt', { moved: moved.length, still: still.length });
  const data = { rows, axisTitle: text.plain('change.axis'), bandTitle: text.plain('change.band'), description: alt };
  const caption = text.plain('change.caption');
  return [
    { type: 'markdown', id: `${prefix}change-heading`, text: `### ${text.t('change.heading')}` },
    chartCell(`${prefix}change`, beforeAfter, data, alt, caption),
  ];
}
