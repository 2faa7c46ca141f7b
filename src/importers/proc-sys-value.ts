import { listSize, settingOf } from '../proc/sections.js';
import { baseName, eachLine, fields, firstLine, numberOf } from '../proc/snapshot.js';
import type { Importer, SeriesHints, Sink } from './importer.js';

const GAUGE: SeriesHints = { kind: 'gauge', unit: 'count' };
/** Values under /proc/sys that vary; all others there are settings. */
const LEVELS = new Set(['net.netfilter.nf_conntrack_count', 'net.netfilter.nf_conntrack_max']);
const NUMBERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['fs.file-nr', ['allocated', 'free', 'maximum']],
  ['fs.inode-nr', ['allocated', 'free']],
]);
const VALUE = /^(?:-?\d+(?:[\t ,-]-?\d+)*|[\w.:/+-]{1,64}|\[?[\w-]+\]?(?: \[?[\w-]+\]?)*)\s*$/;

/**
 * One-line files under `/proc/sys` and `/sys`; the path is their name. Levels become series, settings become facts
 * (`sysctl.…`, `thp.enabled`, `numa.nodes`, `cpu.count`).
 */
export const procSysValue = {
  id: 'proc-sys-value',
  title: 'a single value of /proc/sys or /sys',
  format: { reference: 'https://docs.kernel.org/admin-guide/sysctl/index.html', versions: 'Linux 2.6–6.x' },
  sniff: ({ lines, complete, path }) => {
    if (!complete || lines.filter((line) => line !== '').length !== 1) return 0;
    const first = firstLine(lines);
    if (
      /^(?:always|madvise|never|\[always\]|\[madvise\]|\[never\]|defer|defer\+madvise|\[defer\]|\[defer\+madvise\])(?: \[?[a-z+]+\]?)+\s*$/.test(
        first,
      )
    )
      return 0.8;
    return nameOf(path) !== undefined && VALUE.test(first) ? 0.5 : 0;
  },
  read: async (file, sink) => {
    const name = nameOf(file.path) ?? baseName(file.path);
    sink.format(name);
    await eachLine(file, sink, (text, line, time) => {
      const columns = NUMBERS.get(name);
      const value = numberOf(text.trim());
      if (columns !== undefined)
        fields(text).forEach((cell, i) => {
          const number = numberOf(cell);
          if (number !== undefined && i < columns.length)
            sink.series(`sys.${name}.${columns[i]!}`, sink.context, GAUGE).push(time, number, line);
        });
      else if (LEVELS.has(name) && value !== undefined)
        sink.series(`sys.${name}`, sink.context, GAUGE).push(time, value, line);
      else factOf(name, text, sink, line);
    });
  },
} as const satisfies Importer;

/** Dotted name below the last `sys` folder; `node`, `cpu`, `net`, `vm` … may follow. */
function nameOf(path: string): string | undefined {
  const segments = path.replace(/\.txt$/, '').split('/');
  const at = segments.findLastIndex((segment, i) => segment === 'sys' && i < segments.length - 2);
  return at < 0 ? undefined : segments.slice(at + 1).join('.');
}

function factOf(name: string, text: string, sink: Sink, line: number): void {
  const labels = sink.context;
  const chosen = /\[([\w+-]+)\]/.exec(text)?.[1];
  if (/transparent_hugepage[._]enabled$/.test(name) || (name === 'enabled' && chosen !== undefined))
    sink.fact('thp.enabled', chosen ?? text.trim(), { labels, line });
  else if (/transparent_hugepage[._]defrag$/.test(name) || (name === 'defrag' && chosen !== undefined))
    sink.fact('thp.defrag', chosen ?? text.trim(), { labels, line });
  else if (/^devices\.system\.(node|cpu)\.online$/.test(name)) {
    const size = listSize(text);
    if (size !== undefined) sink.fact(name.includes('.node.') ? 'numa.nodes' : 'cpu.count', size, { labels, line });
  } else if (
    /^(?:kernel|net|vm|fs|user|debug|abi|crypto|dev)\./.test(name) &&
    !/^(?:kernel\.mm|kernel\.slab|fs\.cgroup)\./.test(name)
  )
    sink.fact(`sysctl.${name}`, settingOf(text), { labels, line });
  else sink.fact(`sys.${name}`, settingOf(text), { labels, line });
}
