/**
 * Every sentence about input that was skipped, repaired or assumed: code → English template with `{placeholders}`.
 * Shape: what was expected, what was found; a hint after a semicolon. Lower case, no period. One line per code, sorted.
 */
export const problems = {
  AMBIGUOUS_DATE: 'day and month of "{date}" could be swapped; month first assumed',
  AMBIGUOUS_ZONE: 'local times without a zone: {zone} assumed; give --tz {file}=ZONE if that is wrong',
  ARCHIVE_LIMIT: 'stopped at a limit for archives: {reason}',
  ARCHIVE_TOO_DEEP: 'archive in more than {depth} other archives, not opened',
  BAD_JSON: 'expected JSON, found something else or a cut document',
  BAD_LINE: 'expected {expected}, found "{found}"',
  BAD_NUMBER: 'expected a number, found "{found}"',
  BINARY_FILE: 'not text: {kind}',
  BLOCKS_WITHOUT_TIME: 'several reports without any time; their order is kept, one second apart',
  BOOT_TIME_UNKNOWN: 'times count from boot and the boot time is unknown; {count} entries left out of the timeline',
  COMMAND_FAILED: 'output of a command that failed, not a measurement: "{text}"',
  CONFLICTING_SAMPLES: '{count} times given twice with different values in {series}; the last one is used',
  DATE_ASSUMED: 'times of day without a date; the day is taken from the time of the file ({how})',
  EMPTY_FILE: 'file is empty',
  ERROR_RESPONSE: 'the server answered with an error, there are no data: {type}: {error}',
  GAUGE_ASSUMED: '{name} is called a counter but falls {falls} times; taken as a level',
  HTML_PAGE: 'an HTML page ("{title}"), not data; the request was probably redirected to a login',
  IMPORTER_FAILED: '{importer} gave up: {reason}; what came before is kept',
  INVALID_JSON: 'not valid JSON at line {line}, column {column}: {reason}',
  MEMBER_SKIPPED: 'archive member not read: {reason}',
  NOT_A_SOCKET: 'expected a socket, found "{found}"',
  NOT_RECOGNISED: 'no importer recognised this file; nearest is {nearest} ({score})',
  NO_DATE: 'times of day without a date; the day is unknown',
  NO_ROWS: 'expected rows of values, found none',
  NO_TIME: 'the output carries no time and nothing tells when it was taken',
  NSTAT_DIFFERENCES: 'numbers fall between runs; taken as differences since the run before (nstat without -a)',
  NSTAT_TOTALS_ASSUMED:
    'a single nstat run; its numbers are taken as totals since boot, without -a they are differences since the run before',
  RATE_ASSUMED: '{name} is a counter by its name but falls {falls} times; taken as a rate per second',
  ROWS_FOLDED: 'more than {limit} rows; further ones are only counted',
  SHORT_ROW: 'expected {expected} cells, found {found}; row left out',
  TRUNCATED: 'the file ends early; {kept} kept, totals are incomplete',
  TYPE_DOUBTFUL: '{name} is declared a {type}, its name says otherwise; decided by its values',
  UNREADABLE: 'cannot be read: {reason}',
  UNSORTED_SAMPLES: '{count} samples of {series} were out of order and have been sorted',
  ZONE_ABBREVIATION: 'the zone abbreviation "{zone}" names no offset for certain; times taken as local',
} as const satisfies Record<string, string>;

export type ProblemCode = keyof typeof problems;
