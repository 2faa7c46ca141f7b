import { describe, expect, it } from 'vitest';
import { excerpts, isWords, undress } from '../../src/dump/letter.js';
import { importDump } from '../../src/import.js';
import type { Imported } from '../../src/series/foreign.js';
import { memoryDump } from '../support/memory-dump.js';

const PRESSURE =
  'some avg10=1.50 avg60=0.80 avg300=0.20 total=123456\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=99\n';
const METRICS = '# TYPE up gauge\nup{job="a"} 1\n';

const importText = (text: string): Promise<Imported> =>
  importDump(memoryDump([{ path: 'pasted.txt', content: new TextEncoder().encode(text), modified: 1 }]));
const each = (text: string, before: string): string =>
  text.replaceAll(/^/gm, before).slice(0, -before.length || undefined);
const plain = (text: string): string =>
  undress(text)
    .map((line) => line.text)
    .join('\n');

describe('what letters and terminals put around lines is taken off', () => {
  it('quotation marks of mails, also in the lesser part of it', () => {
    expect(plain('Hi\n> a 1\n> > b 2\n> c > 3\nx > y\n')).toBe('Hi\na 1\nb 2\nc > 3\nx > y\n');
  });

  it('quoted-printable and base64, where the mail says so', () => {
    const mail = (coding: string, body: string): string =>
      `Subject: x\nContent-Transfer-Encoding: ${coding}\n\n${body}--b--\n`;
    expect(plain(mail('quoted-printable', 'a=3D1 b=\n=3D2 =C3=A9\n'))).toContain('\na=1 b=2 é\n');
    expect(plain(mail('base64', 'YSAxCmIg\nMgo=\n'))).toContain('\na 1\nb 2\n');
    expect(plain(mail('base64', 'AAECAw==\n'))).not.toContain('\u0000');
  });

  it('quoted-printable of a saved body by its marks, but no other equals signs', () => {
    expect(plain('a=3D1\nb=3D2\n')).toBe('a=1\nb=2\n');
    expect(plain('a=3D1\nb=3D2\nc=x\n')).toBe('a=3D1\nb=3D2\nc=x\n');
  });

  it('line numbers, when every line has its own', () => {
    expect(plain('    1\ta 1\n    2\tb 2\n\n    3\tc 3\n')).toBe('a 1\nb 2\n\nc 3\n');
    expect(plain('1 5\n2 6\n4 7\n')).toBe('1 5\n2 6\n4 7\n');
  });

  it('header lines of an answer and the meter of curl', () => {
    expect(plain('HTTP/1.1 100 Continue\n\nHTTP/2 200\nserver: x\n\n{}\n')).toBe('{}\n');
    const meter =
      '  % Total    % Received % Xferd\n100   180  100   180    0     0   9000      0 --:--:-- --:--:-- --:--:--  9000\n';
    expect(plain(`${meter}{}\n`)).toBe('{}\n');
  });
});

it('knows words from outputs', () => {
  for (const words of [
    'Hi all, this is what we see.',
    'From: Bob',
    'Bob  10:02 AM',
    'On Monday Bob wrote:',
    '我们看到节点上的延迟很高。',
  ])
    expect([words, isWords(words)]).toEqual([words, true]);
  for (const line of [
    'cpu  1 2 3',
    'MemTotal:  5 kB',
    'some avg10=1.50 avg60=0.80',
    'Linux 5.15.0 (n1)',
    '# TYPE up gauge',
    'Tasks: 5 total, 1 running, 4 sleeping',
  ])
    expect([line, isWords(line)]).toEqual([line, false]);
});

it('words around an output are left out, with paragraphs that hold no number', () => {
  const found = excerpts(undress('Hello,\n\nthis is what we saw today:\n\na 1\n\nb 2\n\nRegards\nBob\n'));
  expect(found).toEqual([{ text: 'a 1\n\nb 2\n', before: 4, lines: 3 }]);
});

describe('outputs in letters are imported, and said to be excerpts', () => {
  it.each([
    ['quoted', `Hi,\n\nplease have a look at this:\n\n${each(PRESSURE, '> ')}\nRegards\n`, 5],
    ['printable', PRESSURE.replaceAll('=', '=3D'), 1],
    ['forwarded', `-----Original Message-----\nFrom: Bob\nSent: Monday\n\n${PRESSURE}`, 5],
  ])('%s', async (_, text, line) => {
    const { series, files } = await importText(text);
    expect(series.find(({ name }) => name.endsWith('some.total'))?.value[0]).toBe(123456);
    expect(files[0]?.importer).toBe('proc-pressure');
    expect(files[0]?.problems.filter(({ code }) => code === 'EXCERPT').map(({ args }) => args['from'])).toEqual([line]);
  });

  it('several are told apart by their lines', async () => {
    const { files } = await importText(
      `First we looked at the pressure.\n\n${PRESSURE}\nThen we asked for all metrics.\n\n${METRICS}`,
    );
    expect(files.map(({ path, importer }) => [path, importer])).toEqual([
      ['pasted.txt', null],
      ['pasted.txt!/lines 3-4', 'proc-pressure'],
      ['pasted.txt!/lines 8-9', 'prometheus-text'],
    ]);
  });

  it('an answer with its header lines gives its date', async () => {
    const { series } = await importText(`HTTP/1.1 200 OK\nDate: Mon, 06 May 2024 10:00:00 GMT\n\n${METRICS}`);
    expect([...series[0]!.time]).toEqual([Date.UTC(2024, 4, 6, 10)]);
  });

  it('fences in words are outputs of their own', async () => {
    const { files } = await importText(
      `See this:\n\n\`\`\`\n${METRICS}\`\`\`\n\nand that:\n\n\`\`\`\n${PRESSURE}\`\`\`\n`,
    );
    expect(new Set(files.map(({ importer }) => importer))).toEqual(new Set([null, 'prometheus-text', 'proc-pressure']));
    expect(files.find(({ importer }) => importer === null)?.problems.map(({ code }) => code)).toEqual([
      'EXCERPT',
      'EXCERPT',
    ]);
  });

  it('words alone, and what nobody knows, yield nothing', async () => {
    const { series, events, files } = await importText(
      'We saw 3 nodes fail at about ten.\n\nfoo 1 2\nbar 3 4\n\nSee you soon, Bob.\n',
    );
    expect([series.length, events.length, files[0]?.importer]).toEqual([0, 0, null]);
  });
});
