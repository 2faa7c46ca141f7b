import type { ProblemCode } from '../en/problems.js';

/** Chinese sentence of each problem code; placeholders as in English. One line per code, sorted. */
export const problemsZh: Partial<Record<ProblemCode, string>> = {
  AMBIGUOUS_ZONE: '本地时间没有时区：按 {zone} 处理；如不对，请加 --tz {file}=时区',
  BAD_NUMBER: '此处应为数字，实际是"{found}"',
  BOOT_TIME_UNKNOWN: '时间从开机算起，而开机时间未知；{count} 条未放入时间线',
  EMPTY_FILE: '文件为空',
  GAUGE_ASSUMED: '{name} 声明为计数器，却下降 {falls} 次；按瞬时值处理',
  NOT_RECOGNISED: '没有导入器识别此文件；最接近的是 {nearest}（{score}）',
  RATE_ASSUMED: '{name} 按名称是计数器，却下降 {falls} 次；按每秒速率处理',
  TRUNCATED: '文件不完整；保留了 {kept}，合计数不全',
  UNREADABLE: '无法读取：{reason}',
};
