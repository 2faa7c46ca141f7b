import type { ProblemCode } from '../en/problems.js';

/** Chinese sentence of each problem code; placeholders as in English. One line per code, sorted. */
export const problemsZh: Partial<Record<ProblemCode, string>> = {
  AMBIGUOUS_ZONE: '本地时间没有时区：按 {zone} 处理；如不对，请加 --tz {file}=时区',
  BAD_NUMBER: '此处应为数字，实际是"{found}"',
  EMPTY_FILE: '文件为空',
  NOT_RECOGNISED: '没有导入器识别此文件；最接近的是 {nearest}（{score}）',
  TRUNCATED: '文件不完整；保留了 {kept}，合计数不全',
  UNREADABLE: '无法读取：{reason}',
};
