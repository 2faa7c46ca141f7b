import type { ProblemCode } from '../en/problems.js';

/** Chinese sentence of each problem code; placeholders as in English. One line per code, sorted. */
export const problemsZh: Partial<Record<ProblemCode, string>> = {
  AMBIGUOUS_ZONE: '本地时间没有时区：按 {zone} 处理；如不对，请加 --tz {file}=时区',
  ARCHIVE_LIMIT: '压缩包超出限制，已停止：{reason}',
  ARCHIVE_TOO_DEEP: '压缩包嵌套超过 {depth} 层，未打开',
  BAD_LINE: '应为{expected}，实际是"{found}"',
  BAD_NUMBER: '此处应为数字，实际是"{found}"',
  BINARY_FILE: '不是文本：{kind}',
  BOOT_TIME_UNKNOWN: '时间从开机算起，而开机时间未知；{count} 条未放入时间线',
  COMMAND_FAILED: '这是命令失败的输出，不是测量值："{text}"',
  CONFLICTING_SAMPLES: '{series} 中有 {count} 个时刻出现不同的值；采用最后一个',
  EMPTY_FILE: '文件为空',
  ERROR_RESPONSE: '服务器返回的是错误，没有数据：{type}: {error}',
  GAUGE_ASSUMED: '{name} 声明为计数器，却下降 {falls} 次；按瞬时值处理',
  HTML_PAGE: '这是一个 HTML 页面（"{title}"），不是数据；请求可能被重定向到了登录页',
  IMPORTER_FAILED: '{importer} 中途放弃：{reason}；之前读到的已保留',
  INVALID_JSON: '不是有效的 JSON，第 {line} 行第 {column} 列：{reason}',
  MEMBER_SKIPPED: '压缩包成员未读取：{reason}',
  NOT_RECOGNISED: '没有导入器识别此文件；最接近的是 {nearest}（{score}）',
  RATE_ASSUMED: '{name} 按名称是计数器，却下降 {falls} 次；按每秒速率处理',
  TRUNCATED: '文件不完整；保留了 {kept}，合计数不全',
  UNREADABLE: '无法读取：{reason}',
  UNSORTED_SAMPLES: '{series} 有 {count} 个样本时间顺序错乱，已排序',
};
