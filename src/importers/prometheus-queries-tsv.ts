import type { DumpFile, Head } from '../types/dump.js';
import type { Importer, Sink } from './importer.js';

/** `name.json TAB expression`; the first column names a file, the second is not a number. */
const ROW = /^([^\t]{1,300}\.(?:json|jsonl|csv|txt|prom)(?:\.gz)?)\t([^\t]+)$/;

function sniffTable(head: Head): number {
  let rows = 0;
  let lines = 0;
  const last = head.complete ? head.lines.length : head.lines.length - 1;
  for (const line of head.lines.slice(0, last)) {
    if (line === '' || line.startsWith('#')) continue;
    lines += 1;
    if (ROW.test(line)) rows += 1;
  }
  return lines > 0 && rows === lines ? 0.9 : 0;
}

async function readTable(file: DumpFile, sink: Sink): Promise<void> {
  const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
  let number = 0;
  sink.format('file name, expression');
  for await (const line of file.lines()) {
    number += 1;
    if (line === '' || line.startsWith('#')) continue;
    const row = ROW.exec(line);
    if (row === null) sink.problem('BAD_LINE', { expected: 'file name, tab, expression', found: line }, number);
    else {
      sink.expression(folder + row[1]!, row[2]!.trim());
      sink.passed(number);
    }
  }
}

/** Table beside saved query answers that says which file answers which expression: `file name TAB expression`. */
export const prometheusQueriesTsv: Importer = {
  id: 'prometheus-queries-tsv',
  title: 'Table of queries (file name, expression)',
  format: { reference: 'https://prometheus.io/docs/prometheus/latest/querying/basics/', versions: 'any' },
  sniff: sniffTable,
  read: readTable,
};
