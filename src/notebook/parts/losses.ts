import { code, type Text } from '../../text/text.js';
import type { Problem } from '../../types/problem.js';

/** Problems by which data that were there, or meant to be, did not reach the analysis. */
const LOSSES: ReadonlySet<string> = new Set([
  'ARCHIVE_LIMIT',
  'ARCHIVE_TOO_DEEP',
  'COMMAND_FAILED',
  'ERROR_RESPONSE',
  'EVENTS_LOST',
  'HTML_PAGE',
  'IMPORTER_FAILED',
  'JSON_TOO_DEEP',
  'LIMIT_REACHED',
  'MEMBER_SKIPPED',
  'SERVER_WARNING',
  'TIME_LOST',
  'TOO_LARGE',
  'TRUNCATED',
  'UNREADABLE',
]);
const NAMED = 4;

/** What of the input was lost on the way: a finding of "nothing" must not rest on it unsaid. */
export function lossesOf(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({ code: id }) => LOSSES.has(id));
}

/** The losses as a paragraph with a list; empty when there are none. */
export function lossParagraph(problems: readonly Problem[], text: Text): string {
  const lost = lossesOf(problems);
  if (lost.length === 0) return '';
  const lines = lost
    .slice(0, NAMED)
    .map((problem) => `- ${text.t('losses.line', { file: code(problem.file), what: text.problem(problem) })}`);
  if (lost.length > NAMED) lines.push(`- ${text.t('losses.more', { n: lost.length - NAMED })}`);
  return `${text.t('losses.intro')}\n\n${lines.join('\n')}`;
}
