import { formatDuration, formatNumber, formatShare } from '../../text/quantity.js';
import type { Text } from '../../text/text.js';
import { visible } from '../../text/escape.js';
import type { ClockEvidence, ClockStatement } from '../../types/case.js';
import type { Inquiry } from '../../types/inquiry.js';
import type { Cell, TableValue } from '../../types/notebook.js';

/** How the times of the sources were read, and why: one row per reading and reason. */
export function clocksCell(inquiry: Inquiry, text: Text, id: string): Cell {
  const groups = new Map<string, { readonly row: TableValue[]; readonly files: string[] }>();
  for (const clock of inquiry.case.clocks ?? []) {
    if (clock.how === 'stated' && clock.skew === undefined && clock.zone === 'UTC') continue;
    const row = [visible(zoneOf(clock, text)), shiftOf(clock), reasonOf(clock, text)];
    const key = row.join('\n');
    const group = groups.get(key) ?? { row, files: [] };
    group.files.push(clock.file);
    groups.set(key, group);
  }
  const rows = Array.from(groups.entries())
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { row, files }]): TableValue[] => [...row, { text: files[0] ?? '', code: true }, files.length]);
  const intro = text.t(rows.length === 0 ? 'clocks.utc' : 'clocks.intro');
  const columns = (['column.zone', 'column.shift', 'column.why', 'column.file'] as const).map((key) => ({
    title: text.plain(key),
  }));
  const table: Cell = {
    type: 'table',
    id: `${id}-clocks-table`,
    columns: [...columns, { title: text.plain('column.files'), align: 'right' }],
    rows,
  };
  return {
    type: 'details',
    id: `${id}-clocks`,
    summary: text.plain('clocks.heading'),
    cells: [{ type: 'markdown', id: `${id}-clocks-intro`, text: intro }, ...(rows.length === 0 ? [] : [table])],
  };
}

/** Sentences for the top of the report: times that were not simply stated by their source. */
export function clockSentences(inquiry: Inquiry, text: Text): string[] {
  const found = new Map<string, { readonly clock: ClockStatement; files: number }>();
  for (const clock of inquiry.case.clocks ?? []) {
    if (clock.how === 'stated' || clock.zone === 'boot') continue;
    const key = `${clock.zone}\n${clock.how}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { clock, files: 1 });
    else known.files++;
  }
  const zones = Array.from(found.values()).map(({ clock, files }) =>
    text.t(`clocks.top.${clock.how as 'inferred' | 'assumed' | 'given'}`, { n: files, zone: zoneOf(clock, text) }),
  );
  const skewed = (inquiry.case.clocks ?? []).find((clock) => clock.skew !== undefined);
  if (skewed?.skew === undefined) return zones;
  const offset = formatDuration(Math.abs(skewed.skew.offset));
  const key = skewed.skew.corrected ? 'clocks.top.corrected' : 'clocks.top.skewed';
  return [...zones, text.t(key, { file: skewed.file, offset })];
}

function zoneOf({ zone, shift }: ClockStatement, text: Text): string {
  if (zone === 'relative') return text.plain('clocks.relative');
  if (zone === 'boot') return text.plain(shift === 0 ? 'clocks.boot.unknown' : 'clocks.boot.known');
  return zone;
}

/** What was added to the times as written; nothing for clocks that count from a start. */
function shiftOf({ shift, zone }: ClockStatement): string {
  if (shift === 0 || zone === 'boot' || zone === 'relative') return '';
  return `${shift > 0 ? '+' : '−'}${formatDuration(Math.abs(shift))}`;
}

function reasonOf(clock: ClockStatement, text: Text): string {
  const { how, evidence, skew } = clock;
  const parts = [text.plain(`clocks.how.${how}`)];
  if (how === 'inferred' && evidence !== undefined) parts.push(...evidenceOf(evidence, text));
  if (skew !== undefined)
    parts.push(
      text.plain(skew.corrected ? 'clocks.skew.corrected' : 'clocks.skew', {
        offset: `${skew.offset > 0 ? '+' : '−'}${formatDuration(Math.abs(skew.offset))}`,
        uncertainty: formatDuration(skew.uncertainty),
        against: skew.against,
        equal: skew.equal,
        series: skew.series,
      }),
    );
  return parts.join(text.plain('list.semicolon'));
}

function evidenceOf(evidence: ClockEvidence, text: Text): string[] {
  if (evidence.overlap === true) return [text.plain('clocks.overlap')];
  const { compared, equal, correlation, runnerUp, files, series } = evidence;
  const parts: string[] = [];
  if (compared !== undefined && equal !== undefined) parts.push(text.plain('clocks.equal', { equal, compared }));
  if (correlation !== undefined) parts.push(text.plain('clocks.correlation', { r: formatNumber(correlation), series }));
  if (runnerUp !== undefined)
    parts.push(
      text.plain('clocks.next', {
        zone: runnerUp.zone,
        equal: runnerUp.equal === undefined ? '–' : formatShare(runnerUp.equal),
        r: formatNumber(runnerUp.correlation ?? NaN),
      }),
    );
  if (files !== undefined) parts.push(text.plain('clocks.together', { files }));
  return parts;
}
