import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.js';

const METRICS = fileURLToPath(new URL('../../data/reference-incident/dump/metrics', import.meta.url));
let folder: string;
const run = (...argv: string[]): ReturnType<typeof runCli> => runCli(folder, ...argv);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inquest-cli-'));
  writeFileSync(join(folder, 'noise.txt'), 'nothing that anybody measured\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('exit codes and outputs', () => {
  it('wrong use is 1, with one line and the use', async () => {
    for (const argv of [
      ['report'],
      ['nonsense'],
      ['report', 'x', '--format', 'pdf'],
      ['causes', 'no-such-cause'],
      ['eject', 'no-such'],
      ['report', '/no/such/path'],
      ['inspect', METRICS, '--frm', 'x'],
    ]) {
      const { code, stdout, stderr } = await run(...argv);
      expect(code, argv.join(' ')).toBe(1);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/\S/);
      expect(stderr).not.toMatch(/\n\s+at /);
    }
  });

  it.each([
    [['--from', 'yesterday'], /--from: expected a time/],
    [['--from', '2026-07-14T08:05:00Z', '--to', '2026-07-14T08:00:00Z'], /--to: expected a time after --from/],
    [['--tz', 'Mars/Olympus'], /--tz: expected a zone/],
    [['--assume', 'oops'], /--assume: expected name=value/],
    [['--symptom', 'no.such.signal'], /--symptom: no signal "no\.such\.signal"/],
  ])('%j is wrong use', async (flags, message) => {
    const { code, stderr } = await run('report', METRICS, ...flags);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('says what was probably meant', async () => {
    expect((await run('reprot', METRICS)).stderr).toBe('inquest: no command "reprot"; nearest is "report"\n');
    expect((await run(METRICS)).stderr).toContain('"inquest report ');
    const { code, stderr } = await run('report', METRICS, '-o', 'x.pdf');
    expect(code).toBe(1);
    expect(stderr).toContain('ends in .html, .md or .json, found "x.pdf"');
    expect(existsSync(join(folder, 'x.pdf'))).toBe(false);
    expect((await run('causes', 'zzzz')).stderr).not.toContain('nearest');
  });

  it('--only that fits nothing is said', async () => {
    expect((await run('report', METRICS, '--only', 'pod=none', '--static')).stderr).toContain('--only: no series has pod=none'); // prettier-ignore
  });

  it('a cut file is said at the end, in the verdict and under coverage', async () => {
    writeFileSync(join(folder, 'cut.json'), readFileSync(join(METRICS, 'node_load5.json')).subarray(0, 400));
    const { stderr } = await run(
      'report',
      join(METRICS, 'kubeskoop_tcp_currestab.json'),
      join(folder, 'cut.json'),
      '-o',
      'cut.md',
    );
    expect(stderr).toContain('part of the input is missing: cut.json');
    const report = readFileSync(join(folder, 'cut.md'), 'utf8');
    expect(report).toMatch(/No incident found[^]*Part of the input is missing \(see below\)[^]*\*\*Part of the input is missing\.\*\*[^]*- `cut\.json/); // prettier-ignore
  });

  it('nothing usable is 2', async () => {
    for (const command of ['report', 'inspect', 'detect']) {
      const { code, stderr } = await run(command, join(folder, 'noise.txt'));
      expect(code, command).toBe(2);
      expect(stderr).toMatch(/nothing usable/);
    }
  });

  it('help and version are 0', async () => {
    expect((await run('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    for (const argv of [['--help'], [], ['report', '--help']]) {
      const { code, stdout } = await run(...argv);
      expect(code).toBe(0);
      expect(stdout).toContain('Usage: inquest');
    }
  });

  it('JSON to standard output, and nothing else there', async () => {
    const { code, stdout, stderr } = await run('report', METRICS, '--format', 'json', '-o', '-');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 1, tool: { name: 'inquest' } });
    expect(stderr).toBe('');
  });

  it('the same dump gives the same bytes', async () => {
    const [a, b] = [
      await run('report', METRICS, '--format', 'json', '-o', '-'),
      await run('report', METRICS, '--format', 'json', '-o', '-'),
    ];
    expect(a.stdout).toBe(b.stdout);
  });

  it('a report goes to the file named, or inquest-report.html here; its format follows the name', async () => {
    const { code, stderr } = await run('report', METRICS, '--static');
    expect(code).toBe(0);
    expect(stderr).toContain(`wrote ${join(folder, 'inquest-report.html')}`);
    expect(readFileSync(join(folder, 'inquest-report.html'), 'utf8')).toMatch(/^<!doctype html>/);
    expect((await run('report', METRICS, '-o', 'out/a.md', '--lang', 'zh')).code).toBe(0);
    expect(readFileSync(join(folder, 'out/a.md'), 'utf8')).toMatch(/^# 故障复盘/);
    expect(existsSync(join(folder, 'out/a-charts'))).toBe(true);
    expect((await run('report', METRICS, '-o', join(folder, 'noise.txt', 'x.html'))).code).toBe(1);
  });

  it('--redact leaves no name of a pod or node', async () => {
    const plain = JSON.parse((await run('inspect', METRICS, '--json')).stdout) as {
      entities: { type: string; labels: Record<string, string> }[];
    };
    const names = plain.entities.filter((e) => ['pod', 'node'].includes(e.type)).map((e) => e.labels[e.type]!);
    expect(names.length).toBeGreaterThan(3);
    const { stdout } = await run('report', METRICS, '--redact', '--static', '-o', '-');
    for (const name of names) expect(stdout.includes(name), name).toBe(false);
  });
});

describe('looking', () => {
  it('inspect prints one screen, or the machine-readable inspection', async () => {
    const { stdout } = await run('inspect', METRICS);
    expect(stdout).toMatch(/files?, \d/);
    expect(stdout).toContain('pods');
    expect(stdout.split('\n').length).toBeLessThan(60);
    const json = JSON.parse((await run('inspect', METRICS, '--json')).stdout) as { schema: number; files: object[] };
    expect(json.schema).toBe(1);
    expect(json.files[0]).toMatchObject({ zone: 'UTC', step: 10_000 });
    expect(Object.keys(json.files[0]!)).toEqual(
      expect.arrayContaining([
        'path',
        'importer',
        'series',
        'facts',
        'events',
        'problems',
        'format',
        'zone',
        'span',
        'step',
      ]),
    );
  });

  it('detect prints findings', async () => {
    const json = JSON.parse((await run('detect', METRICS, '--json')).stdout) as Record<string, unknown>;
    expect(Object.keys(json)).toEqual(['schema', 'findings', 'problems']);
    expect((await run('detect', METRICS)).stdout).toMatch(/^\d+ findings?/);
  });

  it('causes lists all, explains one, in both languages', async () => {
    expect((await run('causes')).stdout).toContain('numa-balancing');
    expect((await run('causes', 'numa-balancing')).stdout).toMatch(/pages[^]*sysctl -w kernel\.numa_balancing=0/);
    expect((await run('causes', 'numa-balancing', '--lang', 'zh')).stdout).toMatch(/因果链\n[^]*页[^]*处理办法\n/);
    expect((await run('causes', 'numa-balansing')).stderr).toContain('nearest is "numa-balancing"');
  });
});

describe('notebooks, collecting, redacting', () => {
  it('an ejected notebook runs, and so do its JavaScript cells', async () => {
    const { stdout } = await run('eject');
    writeFileSync(join(folder, 'mine.md'), `${stdout}\n\n\`\`\`js\nincidents.length >= 0 ? 'counted' : ''\n\`\`\`\n`);
    const { code } = await run('run', 'mine.md', METRICS, '-o', 'mine.html');
    expect(code).toBe(0);
    expect(readFileSync(join(folder, 'mine.html'), 'utf8')).toContain('counted');
    expect((await run('run', 'none.md', METRICS, '-o', 'x.html')).code).toBe(1);
  });

  it('the collecting script is POSIX sh and writes nothing but its own folder', async () => {
    const { stdout } = await run('collect');
    writeFileSync(join(folder, 'collect.sh'), stdout);
    const { execFileSync } = await import('node:child_process');
    execFileSync('sh', ['-n', join(folder, 'collect.sh')]);
    expect(stdout).not.toMatch(/\b(?:rm -rf \/|sysctl -w|kill|echo .*> ?\/(?:proc|sys))/);
  });

  it('a redacted copy reads like the original, its map is private', async () => {
    const { code, stderr } = await run('redact', METRICS, '-o', 'copy');
    expect(stderr).toContain('keep it, do not send it');
    expect(code).toBe(0);
    expect(statSync(join(folder, 'copy.map.json')).mode & 0o777).toBe(0o600);
    const of = async (
      path: string,
    ): Promise<{ incidents: { window: object; verdict: string; hypotheses: { cause: string }[] }[] }> =>
      JSON.parse((await run('report', path, '--format', 'json', '-o', '-')).stdout) as never;
    const [before, after] = [await of(METRICS), await of(join(folder, 'copy'))];
    const gist = (d: typeof before): unknown => d.incidents.map((i) => [i.window, i.verdict, i.hypotheses[0]?.cause]);
    expect(gist(after)).toEqual(gist(before));
    expect((await run('redact', METRICS, '-o', 'copy')).code).toBe(1);
  });
});
