import { describe, expect, it } from 'vitest';
import { openDump } from '../../src/dump/node.js';
import { inquire } from '../../src/inquire.js';
import { renderNotebook } from '../../src/report.js';
import type { Imported } from '../../src/series/foreign.js';
import {
  attempt,
  HANGS_MS,
  hostileFiles,
  hostilePath,
  textsOf,
  type HostileFile,
  type Outcome,
} from '../support/hostile.js';
import { integrityFaults } from '../support/integrity.js';

const files = hostileFiles();
if (files.length === 0) console.log('skipped: no corpus beside the project');

type Check = (outcome: Outcome, imported: Imported, entry: HostileFile) => void | Promise<void>;

const codes = (imported: Imported): string[] => imported.problems.map(({ code }) => code);
const lines = (imported: Imported, code: string): (number | undefined)[] =>
  imported.problems.filter((one) => one.code === code).map(({ line }) => line);
const samples = (imported: Imported): number => imported.files.reduce((sum, file) => sum + file.samples, 0);
const has = (imported: Imported, ...wanted: string[]): void => {
  for (const code of wanted) expect(codes(imported)).toContain(code);
};
const says = (imported: Imported, text: RegExp): void =>
  expect(imported.problems.map(({ message }) => message).join('\n')).toMatch(text);

/** What each requirement of the manifest comes to; the key is the beginning of its sentence. */
const MUSTS: Readonly<Record<string, Check>> = {
  'write nothing outside': ({ written }, imported) => {
    expect(written).toEqual([]);
    has(imported, 'MEMBER_SKIPPED');
    expect(imported.series.map(({ name }) => name)).toContain('up');
  },
  'never follow or create links': ({ written }, imported) => {
    expect(written).toEqual([]);
    expect(textsOf(imported).some((text) => text.includes('root:x:'))).toBe(false);
    says(imported, /link to \/etc\/passwd, not followed/);
  },
  'check the name that is finally used': (_, imported) => says(imported, /path leaves the archive/),
  'stop at a stated limit': ({ grown }, imported) => {
    has(imported, 'ARCHIVE_LIMIT');
    expect(grown).toBeLessThan(1e9);
  },
  'import what can be read, report "file truncated"': (_, imported) => {
    has(imported, 'TRUNCATED');
    expect(samples(imported)).toBeGreaterThan(1000);
  },
  'read BOTH members': (_, imported) => expect(imported.series.map(({ name }) => name).sort()).toEqual(['a', 'b']),
  'keep both members apart': (_, imported) => {
    const paths = imported.files.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths.filter((path) => /a\.prom/i.test(path))).toHaveLength(3);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    has(imported, 'CONFLICTING_SAMPLES');
  },
  'say "encrypted, not read"': (_, imported) => says(imported, /encrypted, not read/),
  '({}).isAdmin and ({}).polluted stay undefined': (_, imported) => {
    const plain = {} as Record<string, unknown>;
    expect([plain['isAdmin'], plain['polluted']]).toEqual([undefined, undefined]);
    const up = imported.series.find(({ name }) => name === 'up')!;
    expect(Object.entries(up.labels)).toContainEqual(['__proto__', 'polluted']);
    expect(Object.entries(up.labels)).toContainEqual(['constructor', 'c']);
    expect([...up.value]).toEqual([1, 0]);
    expect(imported.series).toHaveLength(2);
  },
  'a clear error or skip; no stack overflow': (_, imported) => expect(codes(imported)).not.toEqual([]),
  'bounded memory, shorten in display, count it as ONE line': ({ grown }, imported) => {
    expect(grown).toBeLessThan(1e9);
    for (const { message } of imported.events) expect(message.length).toBeLessThan(100_000);
    expect(imported.events.length).toBeLessThanOrEqual(1);
  },
  'no silent Infinity for 1e400': (_, imported) => {
    expect(imported.problems.filter(({ code }) => code === 'NUMBER_RANGE')).toHaveLength(3);
    expect(lines(imported, 'BAD_NUMBER').length).toBeGreaterThanOrEqual(4);
    const values = [...imported.series[0]!.value];
    expect(values).toEqual([0, -0, 18446744073709552000, 1.5, NaN, Infinity]);
  },
  'sort with notice': (_, imported) => {
    has(imported, 'UNSORTED_SAMPLES');
    says(imported, /1 times given with different values in x \(first 2 and 9\)/);
    expect([...imported.series[0]!.time].map((time) => time / 1000 - 1_700_000_000)).toEqual([0, 15, 30, 900]);
  },
  deterministic: async (_, imported, { file }) => {
    has(imported, 'DUPLICATE_KEY');
    const again = await attempt(file);
    expect(JSON.stringify(again.imported.problems)).toBe(JSON.stringify(imported.problems));
  },
  'imports normally': (_, imported) => expect([...imported.series[0]!.value]).toEqual([1]),
  'clear error with line and column': (_, imported) => says(imported, /line \d+, column \d+/),
  'output stays valid UTF-8/HTML': (_, imported) => {
    for (const text of textsOf(imported)) expect(text).not.toMatch(/\p{Cs}/u);
  },
  'say "this is an HTML page': (_, imported) => {
    expect(codes(imported)).toEqual(['HTML_PAGE']);
    says(imported, /an HTML page/);
  },
  'everything shown as text': async (_, imported, { file }) => {
    expect(samples(imported)).toBe(12);
    const inquiry = await inquire(await openDump(hostilePath(file)));
    const html = await renderNotebook(inquiry, { format: 'html' });
    expect(html).not.toMatch(
      /<(?:script|img|svg|iframe|style|a)\b[^>]*(?:alert|onerror|onload|127\.0\.0\.1|example\.invalid|file:)/i,
    );
  },
  'nothing reaches the terminal unescaped': (_, imported) => {
    for (const text of textsOf(imported)) expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
  },
  'redact in the report': (_, imported) => {
    says(imported, /^5 passwords, keys or tokens/m);
    for (const text of textsOf(imported)) expect(text).not.toMatch(/AKIAIOSFODNN7EXAMPLE|wJalrXUtnFEMI/);
  },
  'numbers stay numbers': (_, imported) => {
    expect(samples(imported)).toBe(6);
    expect([...imported.series[0]!.value]).toContain(-3);
  },
  'linear time; report "unclosed quote from line 2"': ({ ms }, imported) => {
    expect(ms).toBeLessThan(HANGS_MS);
    expect(lines(imported, 'UNCLOSED_QUOTE')).toEqual([2]);
  },
  'refuse to invent times': (_, imported) => {
    has(imported, 'TIME_LOST', 'DATE_UNDECIDED');
    expect(samples(imported)).toBeLessThanOrEqual(1);
  },
  '"file is empty"': (_, imported) => expect(codes(imported)).toEqual(['EMPTY_FILE']),
  '"no rows"': (_, imported) => has(imported, 'NO_ROWS'),
  'each bad line reported with its number': (_, imported) => {
    expect(lines(imported, 'BAD_LINE')).toEqual([2, 4, 6, 7, 8, 9, 11, 12, 13]);
    expect(samples(imported)).toBe(6);
  },
  'finishes; page size bounded': (_, imported) => expect(imported.series).toHaveLength(50_000),
  'identify by content': (_, imported) => {
    const known = imported.series.length > 0 || codes(imported).includes('BINARY_FILE');
    expect(known).toBe(true);
  },
  'identify as binary': (_, imported) => says(imported, /SQLite/),
  'no Invalid Date; 1970/0001/9999 flagged': (_, imported) => {
    has(imported, 'IMPOSSIBLE_TIME');
    const years = imported.events.map(({ time }) => new Date(time).getUTCFullYear());
    for (const year of years) expect(year > 1980 && year < 2100, String(year)).toBe(true);
  },
  'each line parsed in bounded time': ({ ms }) => expect(ms).toBeLessThan(HANGS_MS),
  '"tool not installed on the host"': (_, imported) => {
    expect(codes(imported)).toEqual(['COMMAND_FAILED']);
    expect(imported.series).toEqual([]);
  },
  'report; no exabyte chart': (_, imported) => {
    expect(codes(imported)).not.toEqual([]);
    for (const { name, value } of imported.series)
      for (const one of value) expect(Math.abs(one), name).toBeLessThan(1e15);
  },
  'drop or mark the last incomplete row': (_, imported) => {
    const counts = new Set(imported.series.map(({ time }) => time.length));
    expect(counts.size).toBe(1);
  },
  'no endless loop; problems listed': (_, imported) => expect(codes(imported)).not.toEqual([]),
  '"no items", no crash': (_, imported) => has(imported, 'NO_ITEMS'),
  'error, no crash': (_, imported) => expect(codes(imported)).not.toEqual([]),
  'good lines imported, bad ones counted': (_, imported) => {
    expect(imported.events.length).toBeGreaterThan(0);
    expect(codes(imported)).not.toEqual([]);
  },
  error: (_, imported) => expect(codes(imported)).not.toEqual([]),
};

/** The check of a sentence: the longest key that it begins with. */
function checkOf(sentence: string): Check | undefined {
  const keys = Object.keys(MUSTS).filter((key) => sentence.startsWith(key));
  return MUSTS[keys.sort((a, b) => b.length - a.length)[0] ?? ''];
}

describe.skipIf(files.length === 0)('hostile files', () => {
  for (const entry of files) {
    describe(entry.file, () => {
      it('costs little and yields sound data', async () => {
        const outcome = await attempt(entry.file);
        expect(outcome.ms).toBeLessThan(HANGS_MS);
        expect(outcome.grown).toBeLessThan(1e9);
        expect(outcome.written).toEqual([]);
        expect(integrityFaults(outcome.imported)).toEqual([]);
        expect(codes(outcome.imported)).not.toContain('IMPORTER_FAILED');
      });

      for (const { must } of entry.expected) {
        if (typeof must !== 'string') continue;
        it(must, async () => {
          const check = checkOf(must);
          if (check === undefined) throw new Error(`no check for "${must}"`);
          const outcome = await attempt(entry.file);
          await check(outcome, outcome.imported, entry);
        });
      }

      for (const wanted of entry.expected.filter((one) => 'metric' in one || 'importable' in one)) {
        it(`yields ${JSON.stringify(wanted)}`, async () => {
          const { imported } = await attempt(entry.file);
          const { metric, importable, value } = wanted;
          if (typeof importable === 'string')
            expect(imported.files.some(({ path, samples: count }) => path.endsWith(importable) && count > 0)).toBe(
              true,
            );
          else {
            const series = imported.series.filter(({ name }) => name === metric);
            expect(series.length).toBeGreaterThan(0);
            const values = series.flatMap((one) => [...one.value]);
            for (const number of [value].flat()) if (number !== undefined) expect(values).toContain(Number(number));
          }
        });
      }
    });
  }
});

describe.skipIf(files.length === 0)('a gzip that was cut', () => {
  it('keeps its complete lines and no other', async () => {
    const dump = await openDump(hostilePath('truncated.prom.gz'));
    for await (const file of dump.walk()) {
      const all: string[] = [];
      for await (const line of file.lines()) all.push(line);
      expect(all).toHaveLength(2556);
      expect(all.at(-1)).toBe('node_memory_SwapFree_bytes 3.23108864e+09');
    }
  });
});
