import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize, relative, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = new URL('../src/', import.meta.url).pathname;

interface Rule {
  /** Folders (or single files of the top) whose values may be imported. */
  readonly values?: string;
  /** Folders of which only types may be imported; `types` always. */
  readonly types?: string;
  /** Packages. */
  readonly packages?: string;
  readonly because: string;
}

/** Who may import whom. A folder may always import from itself, and types from `types`. */
const RULES: Readonly<Record<string, Rule>> = {
  types: { types: 'text vega-lite arquero', because: 'everything rests on the types' },
  errors: { values: 'text', because: 'an error is a code and a sentence' },
  version: { because: 'it is one constant' },
  stats: { packages: '@stdlib/*', because: 'statistics know numbers only' },
  workloads: { because: 'owners are told by names and references alone' },
  signals: { because: 'the catalogue is data' },
  causes: { types: 'signals', because: 'causes are data' },
  readings: { types: 'causes', because: 'readings rest on findings' },
  dump: {
    values: 'errors',
    types: 'importers text',
    packages: '@noble/* @zip.js/zip.js fflate fzstd htmlparser2 postal-mime tar-stream unbzip2-stream xz-decompress',
    because: 'opening knows no format',
  },
  clocks: { values: 'series table errors', packages: 'temporal-polyfill', because: 'zones are inferred from series' },
  series: {
    values: 'signals errors stats clocks workloads',
    types: 'importers text dump',
    because: 'series come before detection',
  },
  logs: { values: 'dump', types: 'importers', because: 'it is shared by log importers' },
  proc: { types: 'importers', because: 'it is shared by importers of /proc' },
  table: { values: 'series', types: 'importers', packages: 'csv-parse/*', because: 'it is shared by CSV importers' },
  kubernetes: { values: 'dump logs', types: 'importers', because: 'it is shared by Kubernetes importers' },
  traces: { values: 'dump logs', types: 'importers', because: 'it is shared by trace importers' },
  grafana: { values: 'series dump table', types: 'importers', because: 'it is shared by Grafana importers' },
  importers: {
    values: 'dump errors series signals logs proc table kubernetes traces grafana',
    types: 'text',
    packages: 'csv-parse/* fast-xml-parser yaml',
    because: 'importers yield foreign series and know nothing of what follows',
  },
  import: { values: 'dump importers series proc', because: 'it leads from a path to foreign series' },
  frame: {
    values: 'stats culprits series incidents',
    types: 'types detectors',
    packages: 'arquero',
    because: 'tables are a view for the user',
  },
  detectors: { values: 'stats incidents signals series', because: 'a detector sees one series' },
  culprits: { values: 'stats', because: 'ranking sees numbers' },
  incidents: { values: 'stats workloads', types: 'signals', because: 'windows rest on findings' },
  evidence: {
    values: 'stats causes signals incidents readings series',
    because: 'evidence joins causes with findings',
  },
  charts: { values: 'stats text', packages: '', types: 'vega-lite', because: 'a chart is a specification' },
  text: { values: 'signals errors', types: 'causes readings', because: 'texts translate by id' },
  notebook: {
    values: 'charts text frame errors signals',
    types: 'vega-lite',
    packages: 'arquero markdown-it yaml',
    because: 'the notebook reads the diagnosis',
  },
  render: {
    values: 'charts notebook text errors',
    packages: 'markdown-it vega vega-lite vega-interpreter @noble/*',
    because: 'rendering is the last step',
  },
  report: { values: 'causes readings notebook render text', because: 'it joins diagnosis, notebook and rendering' },
  artefacts: { values: 'series detectors', because: 'the measuring is looked at before what it measured' },
  'leave-out': { values: 'clocks errors series', because: 'it takes parts of a dump away' },
  verification: { values: 'stats series signals causes evidence incidents', because: 'it compares two dumps' },
  inquire: {
    values: 'leave-out import series artefacts detectors incidents causes readings evidence frame version clocks',
    because: 'it is the table of contents',
  },
  redaction: { values: 'dump frame workloads', because: 'it sees names and texts only' },
  index: { values: '*', because: 'it is the public door' },
  cli: { values: '*', packages: 'commander cli-progress node:*', because: 'the command is a user of the library' },
};

/** Files that may use Node. */
const NODE = new Set(['dump/node.ts']);

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

function sources(folder = SRC): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}

/** Folder below `src`, or the name of a file at its top. */
function placeOf(path: string): string {
  return relative(SRC, path)
    .split('/')[0]!
    .replace(/\.[jt]s$/, '');
}

function importsOf(path: string): Import[] {
  const text = readFileSync(path, 'utf8');
  const file = relative(SRC, path);
  const found: Import[] = [];
  const statements = /^(?:import|export)(\s+type)?\s+(?:[\w*{}\s,$]+\s+from\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm;
  for (const match of text.matchAll(statements)) {
    const to = match[2] ?? match[3]!;
    const target = to.startsWith('.') ? placeOf(normalize(join(dirname(path), to))) : to;
    const dynamicType = match[3] !== undefined && /(?:typeof|\bas|:|<|=)\s*\(?\s*$/.test(text.slice(0, match.index));
    found.push({ file, target, typeOnly: dynamicType || match[1] !== undefined });
  }
  return found;
}

function matches(list: string | undefined, name: string): boolean {
  return (list ?? '')
    .split(' ')
    .some((entry) => (entry.endsWith('*') ? name.startsWith(entry.slice(0, -1)) : entry === name));
}

function faultOf({ file, target, typeOnly }: Import): string | null {
  const place = placeOf(join(SRC, file));
  const rule = Object.hasOwn(RULES, place) ? RULES[place] : undefined;
  if (rule === undefined) return `${file}: "${place}" has no rule; add it to the table of architecture.test.ts`;
  if (target === place || (target.startsWith('node:') && NODE.has(file))) return null;
  const allowed =
    matches(rule.values, target) ||
    matches(rule.packages, target) ||
    (typeOnly && (target === 'types' || matches(rule.types, target) || matches(rule.packages, target)));
  if (allowed) return null;
  const list = [rule.values, rule.packages].filter(Boolean).join(' ');
  return `${file} imports ${target}${typeOnly ? ' (types)' : ''}: allowed are ${list || 'none'}, types of ${rule.types ?? 'types'}, because ${rule.because}`;
}

describe('architecture', () => {
  it('who imports whom', () => {
    const files = sources();
    expect(files.length).toBeGreaterThan(50);
    const faults = files.flatMap(importsOf).map(faultOf);
    expect(faults.filter((fault) => fault !== null)).toEqual([]);
  });

  it('importers, detectors, causes and charts import no neighbour of their kind', () => {
    const shared = new Set(['importer', 'detector', 'cause', 'chart', 'theme', 'rows', 'reading', 'signal']);
    const faults: string[] = [];
    for (const path of sources()) {
      const file = relative(SRC, path);
      if (!/^(?:importers|detectors|causes|charts)\/[^/]+\.ts$/.test(file) || /\/(?:all|index)\.ts$/.test(file))
        continue;
      for (const match of readFileSync(path, 'utf8').matchAll(/from '\.\/([\w-]+)\.js'/g))
        if (!shared.has(match[1]!)) faults.push(`${file} imports its neighbour ${match[1]!}: move what they share out`);
    }
    expect(faults).toEqual([]);
  });

  it('only the opening of files and the command touch Node, the clock, chance and the locale', () => {
    const world =
      /\b(?:process\.|console\.|Buffer\b|__dirname|setTimeout|setInterval|fetch\(|Date\.now|new Date\(\)|Math\.random|toLocale\w*\(|Intl\.)/;
    const faults: string[] = [];
    for (const path of sources()) {
      const file = relative(SRC, path);
      if (NODE.has(file) || file.startsWith('cli')) continue;
      const lines = readFileSync(path, 'utf8').split('\n');
      for (const [i, line] of lines.entries()) {
        const code = line.replace(/^\s*(?:\/\/|\*|\/\*).*/, '').replace(/(['"`/])(?:\\.|(?!\1).)*\1/g, "''");
        const found = world.exec(code);
        if (found !== null) faults.push(`${file}:${i + 1} uses ${found[0]}`);
      }
    }
    expect(faults).toEqual([]);
  });

  it('sees a forbidden import', () => {
    expect(faultOf({ file: 'stats/median.ts', target: 'dump', typeOnly: false })).toContain('imports dump');
    expect(faultOf({ file: 'series/key.ts', target: 'node:fs', typeOnly: false })).toContain('node:fs');
    expect(faultOf({ file: 'causes/x.ts', target: 'signals', typeOnly: false })).toContain('signals');
    expect(faultOf({ file: 'causes/x.ts', target: 'signals', typeOnly: true })).toBeNull();
    expect(faultOf({ file: 'nowhere/x.ts', target: 'types', typeOnly: true })).toContain('no rule');
  });
});
