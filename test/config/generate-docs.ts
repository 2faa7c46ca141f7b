import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { causes } from '../../src/causes/all.js';
import { detectors } from '../../src/detectors/all.js';
import { importers } from '../../src/importers/all.js';
import { signals } from '../../src/signals/all.js';

const README = new URL('../../README.md', import.meta.url);

type Row = readonly string[];

function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const sorted = <T extends { readonly id: string }>(list: readonly T[]): T[] =>
  [...list].sort((a, b) => (a.id < b.id ? -1 : 1));

const TABLES: Readonly<Record<string, () => { count: number; text: string }>> = {
  importers: () => ({
    count: importers.length,
    text: table(
      ['importer', 'reads', 'versions'],
      sorted(importers).map((i) => [`\`${i.id}\``, `[${i.title}](${i.format.reference})`, i.format.versions]),
    ),
  }),
  signals: () => ({
    count: signals.length,
    text: table(
      ['signal', 'what', 'unit', 'kind'],
      sorted(signals).map((s) => [`\`${s.id}\``, s.title, s.unit, s.kind]),
    ),
  }),
  detectors: () => ({
    count: detectors.length,
    text: table(
      ['detector', 'finds', 'after'],
      sorted(detectors).map((d) => [`\`${d.id}\``, d.title, d.reference]),
    ),
  }),
  causes: () => ({
    count: causes.length,
    text: table(
      ['cause', 'what', 'clues'],
      sorted(causes).map((c) => [`\`${c.id}\``, c.title, String(c.clues.length)]),
    ),
  }),
};

/** The README with its generated tables as the code has them now. */
export function withTables(readme: string): string {
  return readme.replace(/<!-- table:(\w+) -->[^]*?<!-- end -->/g, (whole, name: string) => {
    const made = TABLES[name]?.();
    if (made === undefined) return whole;
    return `<!-- table:${name} -->\n<details><summary>${made.count} ${name}</summary>\n\n${made.text}\n\n</details>\n<!-- end -->`;
  });
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  writeFileSync(README, withTables(readFileSync(README, 'utf8')));
}
