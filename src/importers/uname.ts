import { eachLine, firstLine } from '../proc/snapshot.js';
import type { Importer } from './importer.js';

const LINE = /^Linux (\S+) (\d+\.\d\S*) (#\d.*)$/;
const VERSION = /^Linux version (\d+\.\d\S*) \(/;

/** Output of `uname -a`, or `/proc/version`: host name and kernel release. Facts `node.name`, `kernel.release`. */
export const uname = {
  id: 'uname',
  title: 'host and kernel (uname -a)',
  format: { reference: 'https://man7.org/linux/man-pages/man1/uname.1.html', versions: 'coreutils, /proc/version' },
  sniff: ({ lines, complete }) =>
    complete && lines.length <= 4 && (LINE.test(firstLine(lines)) || VERSION.test(firstLine(lines))) ? 0.97 : 0,
  read: async (file, sink) => {
    await eachLine(file, sink, (text, line) => {
      const match = LINE.exec(text);
      const release = match?.[2] ?? VERSION.exec(text)?.[1];
      if (release === undefined) return sink.problem('BAD_LINE', { expected: 'Linux host release', found: text }, line);
      if (match !== null) sink.fact('node.name', match[1]!, { line });
      sink.fact('kernel.release', release, { line, labels: match === null ? sink.context : { node: match[1]! } });
    });
  },
} as const satisfies Importer;
