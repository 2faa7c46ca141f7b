import type { LanguageId } from '../types/notebook.js';

/** Phrases of conversions in Chinese; arithmetic and units read alike in both languages. */
const CHINESE: readonly (readonly [RegExp, string])[] = [
  [/\bsum of (\d+) over ([\w, ]+)/g, '按 $2 对 $1 条求和'],
  [/\bmean of (\d+) over ([\w, ]+)/g, '按 $2 对 $1 条求平均'],
  [/\bmax of (\d+) over ([\w, ]+)/g, '按 $2 对 $1 条取最大'],
  [/\bsum over zones\b/g, '各内存区求和'],
  [/\badded up \(reading sets it to zero\)/g, '累加（读取即清零）'],
  [/\bcounted on after a restart\b/g, '重启后续计'],
  [/\bdeltas summed\b/g, '增量求和'],
  [/\brunning sum of differences\b/g, '差值累加'],
  [/\blast − first \+ 1\b/g, '末 − 首 + 1'],
  [/\bminus (\S+) in (\S+)/g, '减去 $2 中的 $1'],
  [/\bits suffix\b/g, '后缀所示'],
  [/\bticks of USER_HZ\b/g, 'USER_HZ 时钟滴答'],
  [/\bsectors\b/g, '扇区'],
  [/\bblocks\b/g, '块'],
  [/\bpages\b/g, '页'],
  [/\bpercent\b/g, '百分数'],
  [/\bbytes\b/g, '字节'],
];

/** What was done to a number on the way in, in the language of the report. */
export function conversionIn(language: LanguageId, conversion: string): string {
  return language === 'en' ? conversion : CHINESE.reduce((text, [from, to]) => text.replace(from, to), conversion);
}
