import { expect, it } from 'vitest';
import { levelOf, levelOfSeverity, levelOfWord } from '../../src/logs/level.js';

it.each([
  ['2024 ERROR boom', 'error'],
  ['E0506 10:00:00.1 1 a.go:1] x', 'error'],
  ['ts=1 level=warn msg="no ERROR here"', 'warn'],
  ['{"severity":"CRITICAL","message":"x"}', 'fatal'],
  ['{\\"level\\":\\"debug\\"}', 'debug'],
  ['[error] 7#7: upstream timed out', 'error'],
  ['DEBUG4: details', 'debug'],
  ['all is well, no error-free lunch', 'line'],
  ['GET /ERROR/page 200', 'line'],
  ['I, [2024-05-06 #70]  INFO -- x', 'info'],
  [`${'x'.repeat(5000)} ERROR`, 'line'],
])('%s is %s', (text, level) => {
  expect(levelOf(text)).toBe(level);
});

it('maps words and severities', () => {
  expect(levelOfWord('Warning')).toBe('warn');
  expect(levelOfWord('toString')).toBeUndefined();
  expect([0, 3, 4, 6, 7, 9].map(levelOfSeverity)).toEqual(['fatal', 'error', 'warn', 'info', 'debug', 'line']);
});
