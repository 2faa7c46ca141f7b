import { describe, expect, it } from 'vitest';
import { splitParts } from '../../src/dump/parts.js';
import { importDump } from '../../src/import.js';
import { separatorTime } from '../../src/proc/instants.js';
import { memoryDump } from '../support/memory-dump.js';

const parts = (text: string): (readonly [string, string, number])[] =>
  splitParts(text, separatorTime).map(({ name, text: content, before }) => [name, content, before]);

describe('several outputs in one text are read apart', () => {
  it('by the headers of head and tail', () => {
    expect(parts('==> /proc/loadavg <==\n0.1 0.2\n\n==> /proc/uptime <==\n5 6\n')).toEqual([
      ['/proc/loadavg', '0.1 0.2\n', 1],
      ['/proc/uptime', '5 6\n', 4],
    ]);
  });

  it('by prompts with echoed commands', () => {
    const text = '[root@n1 ~]# cat /proc/loadavg\n0.1\n[root@n1 ~]# ss -s | head -3\nTotal: 5\n[root@n1 ~]# \n';
    expect(parts(text)).toEqual([
      ['/proc/loadavg', '0.1\n', 1],
      ['ss -s', 'Total: 5\n', 3],
    ]);
    expect(parts('user@host:~$ sudo cat /proc/stat\ncpu 1\n')).toEqual([['/proc/stat', 'cpu 1\n', 1]]);
    expect(parts('# cat /proc/stat\ncpu 1\ncommand terminated with exit code 137\n')).toEqual([
      ['/proc/stat', 'cpu 1\n', 1],
    ]);
  });

  it('by Markdown fences and behind mail quoting; the words around are left out', () => {
    expect(parts('Hi,\nhere it is:\n```\ncpu 1\n```\nand\n```text\nMem: 2\n```\nBye\n')).toEqual([
      ['', 'cpu 1\n', 3],
      ['', 'Mem: 2\n', 7],
      ['', 'Bye\n', 9],
    ]);
    expect(parts('> $ cat /proc/uptime\n> 5 6\n> 7 8\n')).toEqual([['/proc/uptime', '5 6\n7 8\n', 1]]);
  });

  it('by the paths that grep puts in front', () => {
    expect(parts('/proc/1/stat:1 (a)\n/proc/1/status:Name: a\n/proc/1/status:Pid: 1\n')).toEqual([
      ['/proc/1/stat', '1 (a)\n', 0],
      ['/proc/1/status', 'Name: a\nPid: 1\n', 1],
    ]);
  });

  it('by dates, which hold for what follows', () => {
    const text = 'Mon May  6 10:00:00 UTC 2024\ncpu 1\nMon May  6 10:00:05 UTC 2024\ncpu 2\n';
    expect(splitParts(text, separatorTime).map(({ date, text: content }) => [date?.time, content])).toEqual([
      [Date.UTC(2024, 4, 6, 10, 0, 0), 'cpu 1\n'],
      [Date.UTC(2024, 4, 6, 10, 0, 5), 'cpu 2\n'],
    ]);
  });

  it('and nothing else', () => {
    for (const text of [
      '# TYPE up gauge\nup 1\n',
      '# cats are nice\n',
      'a: 1\nb: 2\n',
      'http://a/b:c\nhttp://a/b:d\n',
      '$ 5\n',
    ])
      expect(parts(text)).toEqual([['', text, 0]]);
  });
});

describe('an import of such a file', () => {
  const ANSWER = (value: number): string =>
    `{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"up"},"value":[1700000000,"${value}"]}]}}`;

  it('cites the lines of the whole file', async () => {
    const content = `[root@n1 ~]# curl -s http://x/api/v1/query?query=up\n${ANSWER(1)}\n[root@n1 ~]# cat /m/metrics.prom\n# TYPE a counter\na 7\n`;
    const imported = await importDump(memoryDump([{ path: 'session.txt', content, modified: 1.7e12 }]));
    const seen = imported.series.map(({ name, origin, value }) => [name, origin.line, value[0]]);
    expect(seen).toEqual([
      ['up', 2, 1],
      ['a', 5, 7],
    ]);
    expect(imported.files.map(({ path }) => path)).toContain('session.txt!/m/metrics.prom');
  });

  it('takes the times of date lines', async () => {
    const content =
      'Mon May  6 10:00:00 UTC 2024\n# TYPE a counter\na 7\nMon May  6 10:00:05 UTC 2024\n# TYPE a counter\na 9\n';
    const imported = await importDump(memoryDump([{ path: 'loop.txt', content }]));
    expect([...imported.series[0]!.time]).toEqual([Date.UTC(2024, 4, 6, 10, 0, 0), Date.UTC(2024, 4, 6, 10, 0, 5)]);
    expect([...imported.series[0]!.value]).toEqual([7, 9]);
    expect(imported.files).toHaveLength(1);
  });

  it('puts the labels of the paths inside on its series', async () => {
    const io = 'rchar: 1\nwchar: 2\nsyscr: 3\nsyscw: 4\nread_bytes: 5\nwrite_bytes: 6\ncancelled_write_bytes: 0\n';
    const imported = await importDump(
      memoryDump([
        { path: 'x.txt', content: `==> /proc/812/io <==\n${io}\n==> /proc/813/io <==\n${io}`, modified: 1.7e12 },
      ]),
    );
    expect(new Set(imported.series.map(({ labels }) => labels['pid']))).toEqual(new Set(['812', '813']));
  });
});
