/**
 * Every sentence about input that was skipped, repaired or assumed: code → English template with `{placeholders}`.
 * Shape: what was expected, what was found; a hint after a semicolon. Lower case, no period. One line per code, sorted.
 */
export const problems = {
  AMBIGUOUS_ZONE: 'local times without a zone: {zone} assumed; give --tz {file}=ZONE if that is wrong',
  BAD_NUMBER: 'expected a number, found "{found}"',
  BOOT_TIME_UNKNOWN: 'times count from boot and the boot time is unknown; {count} entries left out of the timeline',
  EMPTY_FILE: 'file is empty',
  GAUGE_ASSUMED: '{name} is called a counter but falls {falls} times; taken as a level',
  NOT_RECOGNISED: 'no importer recognised this file; nearest is {nearest} ({score})',
  RATE_ASSUMED: '{name} is a counter by its name but falls {falls} times; taken as a rate per second',
  TRUNCATED: 'the file ends early; {kept} kept, totals are incomplete',
  UNREADABLE: 'cannot be read: {reason}',
} as const satisfies Record<string, string>;

export type ProblemCode = keyof typeof problems;
