import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isMail } from '../../src/dump/mail.js';
import type { Dump } from '../../src/types/dump.js';
import { memoryDump } from '../support/memory-dump.js';

const TGZ = readFileSync(new URL('../fixtures/archives/plain.tar.gz', import.meta.url));
const UP = '# TYPE up gauge\nup{job="a"} 1 1700000000000\n';
const HEAD = 'From: Ann <ann@example.com>\r\nSubject: =?utf-8?B?5pWF6Zqc?=\r\nDate: Mon, 13 Jul 2026 10:00:00 +0800\r\nMIME-Version: 1.0\r\n'; // prettier-ignore

interface Part {
  readonly type: string;
  readonly name?: string;
  readonly body: string | Uint8Array;
}

/** A mail with these parts, each coded in base64. */
function mailOf(parts: readonly Part[], head = HEAD): string {
  const lines = parts.map(({ type, name, body }) => {
    const coded = Buffer.from(body).toString('base64').replace(/.{76}/g, '$&\r\n');
    const file = name === undefined ? '' : `Content-Disposition: attachment; filename="${name}"\r\n`;
    return `--edge\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n${file}\r\n${coded}\r\n`;
  });
  return `${head}Content-Type: multipart/mixed; boundary=edge\r\n\r\nnot for eyes\r\n${lines.join('')}--edge--\r\n`;
}

async function contents(dump: Dump): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for await (const file of dump.walk()) all[file.path] = await file.text();
  return all;
}
const problemsOf = (dump: Dump): string[] => dump.problems.map(({ code, file }) => `${code} ${file}`);
const of = (path: string, content: string | Uint8Array, limits = {}): Dump => memoryDump([{ path, content }], { limits }); // prettier-ignore

describe('mails', () => {
  it('a tarball inside a mail is opened, and so is its text', async () => {
    const dump = of('case.eml', mailOf([{ type: 'text/plain; charset=utf-8', body: 'see below\r\n接收队列' }, { type: 'application/gzip', name: 'd.tgz', body: TGZ }])); // prettier-ignore
    const all = await contents(dump);
    expect(Object.keys(all)).toEqual(['case.eml!/body.txt', 'case.eml!/d.tgz!/d/metrics.prom', 'case.eml!/d.tgz!/d/sub/down.prom']); // prettier-ignore
    expect(all['case.eml!/d.tgz!/d/metrics.prom']).toBe(UP);
    expect(all['case.eml!/body.txt']).toContain('接收队列');
  });

  it('a mail within a mail is opened down to the limit, and keeps its own time', async () => {
    const inner = mailOf([{ type: 'text/plain', name: 'up.prom', body: UP }], HEAD.replace('13 Jul', '12 Jul'));
    const outer = mailOf([{ type: 'message/rfc822', body: inner }]);
    const dump = of('outer.eml', outer);
    const seen: [string, number | undefined][] = [];
    for await (const file of dump.walk()) seen.push([file.path, file.modified]);
    expect(seen).toEqual([['outer.eml!/part-1.eml!/up.prom', Date.UTC(2026, 6, 12, 2)]]);
    const shallow = of('outer.eml', outer, { depth: 1 });
    expect(await contents(shallow)).toEqual({});
    expect(problemsOf(shallow)).toEqual(['ARCHIVE_TOO_DEEP outer.eml!/part-1.eml']);
  });

  it('a mailbox gives every mail', async () => {
    const one = mailOf([{ type: 'text/plain', name: 'a.prom', body: UP }]).replaceAll('\r\n', '\n');
    const box = `From ann@example.com Mon Jul 13 10:00:00 2026\n${one}\nFrom bob@example.com Mon Jul 13 11:00:00 2026\n${one}`; // prettier-ignore
    expect(Object.keys(await contents(of('in.mbox', box)))).toEqual(['in.mbox!/1.eml!/a.prom', 'in.mbox!/2.eml!/a.prom']); // prettier-ignore
  });

  it('of a mail in HTML alone the lines are kept, cells apart by tabs; scripts are no text', async () => {
    const html = '<head><style>p{}</style></head><p>Total:&nbsp;190<br>TCP: 12</p><pre>a  b\nc   d</pre><script>alert(1)</script><table><tr><td>x</td><td>1</td></tr><tr><td>y</td><td>2</td></tr></table>'; // prettier-ignore
    const all = await contents(of('h.eml', `${HEAD}Content-Type: text/html; charset=utf-8\r\n\r\n${html}`));
    expect(all['h.eml!/body.txt']?.trim().split('\n')).toEqual(['Total:\u00a0190', 'TCP: 12', 'a  b', 'c   d', 'x\t1\t', 'y\t2']); // prettier-ignore
  });

  it('names that would leave the mail are refused, too many parts and too large mails are cut off and said', async () => {
    const two = mailOf([{ type: 'text/plain', name: '../out.prom', body: UP }, { type: 'text/plain', name: 'in.prom', body: UP }]); // prettier-ignore
    const dump = of('m.eml', two);
    expect(Object.keys(await contents(dump))).toEqual(['m.eml!/in.prom']);
    expect(problemsOf(dump)).toEqual(['MEMBER_SKIPPED m.eml!/../out.prom']);
    const few = of('m.eml', two.replace('../out', 'out'), { entries: 1 });
    expect(Object.keys(await contents(few))).toEqual(['m.eml!/out.prom']);
    expect(problemsOf(few)).toEqual(['ARCHIVE_LIMIT m.eml']);
    const small = of('m.eml', two, { mailBytes: 100 });
    expect(await contents(small)).toEqual({});
    expect(problemsOf(small)).toEqual(['ARCHIVE_LIMIT m.eml']);
  });

  it('cut anywhere it never throws', async () => {
    const whole = mailOf([
      { type: 'text/plain', body: 'x' },
      { type: 'application/gzip', name: 'd.tgz', body: TGZ },
    ]);
    for (let at = 0; at < whole.length; at += 37) {
      const all = await contents(of('cut.eml', whole.slice(0, at)));
      for (const text of Object.values(all)) expect(typeof text).toBe('string');
    }
  });

  it('what only looks like a mail at its top stays a text', async () => {
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
    expect(isMail(bytes(mailOf([])))).toBe(true);
    for (const text of [
      'HTTP/1.1 200 OK\r\nDate: Mon, 13 Jul 2026 10:00:00 GMT\r\nContent-Type: application/json\r\n\r\n{}',
      'From: ann\r\nSubject: hello\r\n\r\nno coded parts, and so a text\r\n',
      'Name: web-1\nNamespace: shop\nFrom: x\nContent-Type: y\nEvents:  <none>\nnot a field\n\n',
      'Total: 190\nTCP:   12 (estab 4)\n',
      UP,
      '',
    ])
      expect(isMail(bytes(text)), text).toBe(false);
    expect(await contents(of('plain.txt', UP))).toEqual({ 'plain.txt': UP });
  });
});
