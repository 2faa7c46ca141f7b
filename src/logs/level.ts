/** Severity of a log line; `line` when it tells none. */
export type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'line';

const NAMES = new Map<string, Level>([
  ['emerg', 'fatal'],
  ['emergency', 'fatal'],
  ['alert', 'fatal'],
  ['fatal', 'fatal'],
  ['panic', 'fatal'],
  ['dpanic', 'fatal'],
  ['f', 'fatal'],
  ['crit', 'fatal'],
  ['critical', 'fatal'],
  ['severe', 'error'],
  ['error', 'error'],
  ['err', 'error'],
  ['e', 'error'],
  ['eror', 'error'],
  ['warning', 'warn'],
  ['warn', 'warn'],
  ['w', 'warn'],
  ['notice', 'info'],
  ['info', 'info'],
  ['information', 'info'],
  ['informational', 'info'],
  ['log', 'info'],
  ['i', 'info'],
  ['stats', 'info'],
  ['config', 'debug'],
  ['debug', 'debug'],
  ['debu', 'debug'],
  ['d', 'debug'],
  ['fine', 'debug'],
  ['verbose', 'debug'],
  ['finer', 'trace'],
  ['finest', 'trace'],
  ['trace', 'trace'],
  ['trac', 'trace'],
]);

/** Level of a word such as `WARN`, `warning`, `DEBUG4`, `E`; undefined for other words. */
export function levelOfWord(word: string): Level | undefined {
  return NAMES.get(word.toLowerCase().replace(/(?<!\d)\d+$/, ''));
}

/** Level of a syslog severity, 0 (emergency) to 7 (debug). */
export function levelOfSeverity(severity: number): Level {
  const levels: readonly Level[] = ['fatal', 'fatal', 'fatal', 'error', 'warn', 'info', 'info', 'debug'];
  return levels[severity] ?? 'line';
}

const KLOG = /^([IWEF])\d{4} \d{2}:/;
const KEYED =
  /(?:^|[\s,{"\\])(?:log\.)?(?:level|lvl|severity|levelname|loglevel)["\\]{0,2}\s{0,2}[=:]\s{0,2}["\\]{0,2}([A-Za-z]{1,13}\d?)\b/;
const UPPER =
  /(?<![\w/.-])(EMERG|ALERT|FATAL|PANIC|CRIT|CRITICAL|SEVERE|ERROR|ERR|WARNING|WARN|NOTICE|INFO|DEBUG\d?|TRACE|STATS)(?![\w/-])/;
const MARKED =
  /[[<(|]\s?([A-Za-z]{3,11})\s?[\]>)|:]|(?:^|[\s:])(error|warning|warn|info|debug|err|crit|notice)(?=[:\s])/g;

/** Where in a line a level is looked for: it stands near the beginning, words further on are prose. */
const REACH = 240;

/** Level of a log line by what it says itself: klog letter, `level=…` in logfmt or JSON, an upper-case word, `[error]`. */
export function levelOf(line: string): Level {
  const head = line.length > REACH ? line.slice(0, REACH) : line;
  const klog = KLOG.exec(head);
  if (klog) return levelOfWord(klog[1]!) ?? 'line';
  const keyed = KEYED.exec(head);
  const keyedLevel = keyed ? levelOfWord(keyed[1]!) : undefined;
  if (keyedLevel) return keyedLevel;
  const upper = UPPER.exec(head);
  if (upper) return levelOfWord(upper[1]!) ?? 'line';
  for (const marked of head.slice(0, 120).matchAll(MARKED)) {
    const level = levelOfWord((marked[1] ?? marked[2])!);
    if (level && (marked[1] ?? marked[2])!.length > 1) return level;
  }
  return 'line';
}
