import { eachLine } from '../proc/snapshot.js';
import type { Importer } from './importer.js';

/** A CPU by itself; on s390x their number first, on some ppc the model. */
const HEAD = /^(?:processor\s*: \d+|# processors\s*: \d+|vendor_id\s*: IBM\/S390)$/;

/** `/proc/cpuinfo`: `processor	: 0` per CPU (s390x: `processor 0: version = …`). Facts `cpu.count`, `cpu.model`, `cpu.virtual`. */
export const procCpuinfo = {
  id: 'proc-cpuinfo',
  title: 'CPUs (/proc/cpuinfo)',
  format: {
    reference: 'https://man7.org/linux/man-pages/man5/proc_cpuinfo.5.html',
    versions: 'x86, arm64, ppc64, s390x',
  },
  sniff: ({ lines }) => (lines.slice(0, 4).some((line) => HEAD.test(line)) ? 0.96 : 0),
  read: async (file, sink) => {
    let count = 0;
    let first = 0;
    let model: [string, number] | undefined;
    let flags: [boolean, number] | undefined;
    await eachLine(file, sink, (text, line) => {
      if (/^processor(?:\s*| \d+):/.test(text)) {
        count++;
        first ||= line;
      } else if (/^(?:model name|cpu)\s*:/.test(text)) model ??= [text.slice(text.indexOf(':') + 1).trim(), line];
      else if (text.startsWith('flags')) flags ??= [/ hypervisor(?: |$)/.test(text), line];
    });
    const labels = sink.context;
    if (count > 0) sink.fact('cpu.count', count, { labels, line: first });
    if (model !== undefined) sink.fact('cpu.model', model[0], { labels, line: model[1] });
    if (flags !== undefined) sink.fact('cpu.virtual', flags[0], { labels, line: flags[1] });
  },
} as const satisfies Importer;
