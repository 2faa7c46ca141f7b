import { existsSync, readFileSync } from 'node:fs';
import { getCurrentTest } from 'vitest/suite';
import { openDump } from '../../src/dump/node.js';
import { importDump } from '../../src/import.js';
import { prepare } from '../../src/series/prepare.js';
import type { ForeignSeries, Imported } from '../../src/series/foreign.js';
import type { Case, FileReport } from '../../src/types/case.js';
import type { Fact, Labels } from '../../src/types/series.js';

/** Folder of the shared corpus beside the project; absent outside the workshop. */
const CORPUS = new URL('../../../shared/corpus/', import.meta.url);

/** One expectation: its shape differs by format. */
export type Expectation = Readonly<Record<string, unknown>>;

export interface CorpusFile {
  readonly file: string;
  readonly format: string;
  readonly origin: string;
  readonly bytes: number;
  readonly expected_from?: string;
  readonly expected: readonly Expectation[];
  readonly pitfalls?: readonly string[];
}

/** Whether the corpus is here; prints once why its tests are skipped. */
export function hasCorpus(): boolean {
  const here = existsSync(new URL('dev/manifest.json', CORPUS));
  if (!here) console.log('skipped: no corpus beside the project');
  return here;
}

/** Files of the corpus whose format is one of `formats` (a string: exact; a RegExp: matches). */
export function corpusFiles(...formats: readonly (string | RegExp)[]): CorpusFile[] {
  const manifest = JSON.parse(readFileSync(new URL('dev/manifest.json', CORPUS), 'utf8')) as { files: CorpusFile[] };
  return manifest.files.filter(({ format }) =>
    formats.some((wanted) => (typeof wanted === 'string' ? wanted === format : wanted.test(format))),
  );
}

/** Absolute path of a corpus file. */
export function corpusPath(entry: CorpusFile): string {
  return new URL(entry.file, CORPUS).pathname;
}

/** The text of a corpus file. */
export function corpusText(entry: CorpusFile): string {
  return readFileSync(new URL(entry.file, CORPUS), 'utf8');
}

/** A file of the corpus, imported alone through the public path, with look-ups. */
export class CorpusImport {
  readonly imported: Imported;
  constructor(imported: Imported) {
    this.imported = imported;
  }

  /** Ids of the importers that read it (several for archives), without null. */
  get importers(): string[] {
    return [...new Set(this.reports.map(({ importer }) => importer).filter((id) => id !== null))];
  }

  get reports(): readonly FileReport[] {
    return this.imported.files;
  }

  /** Series of a foreign name whose labels contain `labels`. */
  series(name: string, labels: Labels = {}): ForeignSeries[] {
    const wanted = Object.entries(labels);
    return this.imported.series.filter(
      (one) => one.name === name && wanted.every(([label, value]) => one.labels[label] === value),
    );
  }

  /** Sample of a series: at `time` (epoch ms) when given, else the first one. undefined when there is none. */
  value(name: string, labels: Labels = {}, time?: number): number | undefined {
    for (const one of this.series(name, labels)) {
      const at = time === undefined ? 0 : one.time.indexOf(time);
      if (at >= 0 && at < one.value.length) return one.value[at];
    }
    return undefined;
  }

  /** Facts of a name. */
  facts(name: string, labels: Labels = {}): Fact[] {
    const wanted = Object.entries(labels);
    return this.imported.facts.filter(
      (one) => one.name === name && wanted.every(([label, value]) => one.labels[label] === value),
    );
  }

  fact(name: string, labels: Labels = {}): Fact['value'] | undefined {
    return this.facts(name, labels)[0]?.value;
  }

  /** The case of this file alone. */
  prepared(): Case {
    return prepare(this.imported);
  }
}

const opened = new Map<string, Promise<CorpusImport>>();

/** Imports a file of the corpus alone, as `inquest inspect FILE` would; each file once per run. */
export function importCorpus(entry: CorpusFile): Promise<CorpusImport> {
  let result = opened.get(entry.file);
  if (result === undefined) {
    result = openDump([corpusPath(entry)])
      .then((dump) => importDump(dump))
      .then((imported) => new CorpusImport(imported));
    opened.set(entry.file, result);
  }
  return result;
}

const read = new Map<string, Promise<readonly string[]>>();

/** Lines of a corpus file as the dump hands them to importers. */
export function corpusLines(entry: CorpusFile): Promise<readonly string[]> {
  let lines = read.get(entry.file);
  if (lines === undefined) read.set(entry.file, (lines = readLines(entry)));
  return lines;
}

async function readLines(entry: CorpusFile): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const file of (await openDump([corpusPath(entry)])).walk())
    for await (const line of file.lines()) lines.push(line);
  return lines;
}

/** Sentences by which an importer says that it could not use a line. */
const REFUSED = new Set(['BAD_LINE', 'BAD_NUMBER', 'BAD_TIME', 'LINES_UNUSED', 'TOO_FEW_COLUMNS']);

/** `first line`, `last non-empty line` …: the opener yields that very line, and the importer did not refuse it. */
export async function lineIs(fact: string, value: unknown, got: CorpusImport, entry: CorpusFile): Promise<Outcome> {
  const lines = await corpusLines(entry);
  const full = fact.includes('non-empty') ? (line: string): boolean => line.trim() !== '' : (): boolean => true;
  const at = fact.startsWith('last') ? lines.findLastIndex(full) : lines.findIndex(full);
  const problems = got.reports.flatMap((report) => report.problems);
  const refused = problems.some(({ code, line, more }) => REFUSED.has(code) && (line === at + 1 || more !== undefined));
  return lines[at] === value && !refused && got.importers.length > 0 ? { met: true } : { met: false, found: lines[at] };
}

/** What became of one expectation: met, failed (with what was found), or without counterpart in what importers yield. */
export type Outcome =
  | { readonly met: true }
  | { readonly met: false; readonly found: unknown }
  | { readonly met: null; readonly why: string };

/** Outcomes of one format's expectations. */
export interface FormatCount {
  readonly met: number;
  readonly without: number;
  readonly total: number;
}

declare module 'vitest' {
  interface TaskMeta {
    corpus?: Readonly<Record<string, FormatCount>>;
  }
}

/** Adds up outcomes and prints them: nothing is dropped in silence. */
export class Tally {
  met = 0;
  readonly failed: string[] = [];
  readonly without: string[] = [];
  readonly #formats = new Map<string, FormatCount>();

  add(entry: CorpusFile, expectation: Expectation, outcome: Outcome): void {
    const what = `${entry.file}: ${JSON.stringify(expectation).slice(0, 160)}`;
    if (outcome.met === true) this.met++;
    else if (outcome.met === false)
      this.failed.push(`${what} but found ${(JSON.stringify(outcome.found) ?? 'nothing').slice(0, 120)}`);
    else this.without.push(`${what} — ${outcome.why}`);
    const count = this.#formats.get(entry.format) ?? { met: 0, without: 0, total: 0 };
    this.#formats.set(entry.format, {
      met: count.met + (outcome.met === true ? 1 : 0),
      without: count.without + (outcome.met === null ? 1 : 0),
      total: count.total + 1,
    });
  }

  get total(): number {
    return this.met + this.failed.length + this.without.length;
  }

  /** Prints the counts and hands them to `corpus-reporter`, which adds up over all formats. */
  print(title: string): void {
    const test = getCurrentTest();
    if (test !== undefined) test.meta.corpus = Object.fromEntries(this.#formats);
    console.log(
      `${title}: ${this.met} of ${this.total} met, ${this.failed.length} failed, ${this.without.length} without counterpart`,
    );
    for (const line of this.failed) console.log(`  failed: ${line}`);
    for (const line of this.without) console.log(`  no counterpart: ${line}`);
  }
}
