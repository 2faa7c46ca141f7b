import { describe, expect, it } from 'vitest';
import { conversionIn } from '../../src/text/conversion.js';

describe('conversions', () => {
  it.each([
    ['× 1024 (KiB → bytes)', '× 1024 (KiB → 字节)'],
    ['÷ 100 (ticks of USER_HZ → s), sum of 4 over cpu', '÷ 100 (USER_HZ 时钟滴答 → s), 按 cpu 对 4 条求和'],
    ['minus 12 in a/b.txt', '减去 a/b.txt 中的 12'],
    ['÷ 1000 (ms → s)', '÷ 1000 (ms → s)'],
    ['added up (reading sets it to zero)', '累加（读取即清零）'],
  ])('%s is said in Chinese, and left alone in English', (english, chinese) => {
    expect(conversionIn('zh', english)).toBe(chinese);
    expect(conversionIn('en', english)).toBe(english);
  });
});
