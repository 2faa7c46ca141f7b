/**
 * Head words of procps and coreutils in Chinese and German, which print the same tables as in English. Numbers and
 * columns stay where they are.
 */
const WORDS: readonly (readonly [foreign: string, english: string])[] = [
  ['文件系统', 'Filesystem'],
  ['挂载点', 'Mounted on'],
  ['1K-块', '1K-blocks'],
  ['1M-块', '1M-blocks'],
  ['1024-块', '1024-blocks'],
  ['已用(I)%', 'IUse%'],
  ['已用(I)', 'IUsed'],
  ['可用(I)', 'IFree'],
  ['已用%', 'Use%'],
  ['容量', 'Size'],
  ['大小', 'Size'],
  ['内存', 'Mem'],
  ['交换', 'Swap'],
  ['总计', 'total'],
  ['总量', 'total'],
  ['已用', 'used'],
  ['空闲', 'free'],
  ['共享', 'shared'],
  ['缓冲/缓存', 'buff/cache'],
  ['缓冲', 'buffers'],
  ['缓存', 'cache'],
  ['可用', 'available'],
  ['任务', 'Tasks'],
  ['进程号', 'PID'],
  ['进程', 'PID'],
  ['：', ':'],
  ['gesamt', 'total'],
  ['benutzt', 'used'],
  ['frei', 'free'],
  ['gemns.', 'shared'],
  ['Puffer/Cache', 'buff/cache'],
  ['verfügbar', 'available'],
  ['Speicher:', 'Mem:'],
  ['Dateisystem', 'Filesystem'],
  ['1K-Blöcke', '1K-blocks'],
  ['Größe', 'Size'],
  ['Benutzt', 'Used'],
  ['Verfügbar', 'Available'],
  ['Verw%', 'Use%'],
  ['Eingehängt auf', 'Mounted on'],
];

/** A line with its head words in English; the very same line when it has none. */
export function english(line: string): string {
  if (line.length > 400) return line;
  let text = line;
  for (const [foreign, own] of WORDS) if (text.includes(foreign)) text = text.replaceAll(foreign, own);
  return text;
}
