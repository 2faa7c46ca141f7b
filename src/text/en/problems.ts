/**
 * Every sentence about input that was skipped, repaired or assumed: code → English template with `{placeholders}`.
 * Shape: what was expected, what was found; a hint after a semicolon. Lower case, no period. One line per code, sorted.
 */
export const problems = {
  AMBIGUOUS_ZONE: 'local times without a zone: {zone} assumed; give --tz {file}=ZONE if that is wrong',
  BAD_NUMBER: 'expected a number, found "{found}"',
  EMPTY_FILE: 'file is empty',
  NOT_RECOGNISED: 'no importer recognised this file; nearest is {nearest} ({score})',
  TRUNCATED: 'the file ends early; {kept} kept, totals are incomplete',
  UNREADABLE: 'cannot be read: {reason}',
} as const satisfies Record<string, string>;

export type ProblemCode = keyof typeof problems;
