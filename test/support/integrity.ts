import type { Imported } from '../../src/series/foreign.js';
import { problems } from '../../src/text/en/problems.js';

/** What is wrong with an import whatever the input was; empty when it is sound. */
export function integrityFaults(imported: Imported): string[] {
  const faults: string[] = [];
  const fail = (text: string): void => void faults.push(text);
  for (const series of imported.series) {
    const name = `series ${series.name}`;
    if (series.name === '') fail('a series without a name');
    if (series.time.length !== series.value.length)
      fail(`${name}: ${series.time.length} times, ${series.value.length} values`);
    if (series.time.length === 0) fail(`${name}: no samples`);
    for (let i = 0; i < series.time.length; i++) {
      if (!Number.isFinite(series.time[i]!)) fail(`${name}: time ${series.time[i]!}`);
      if (i > 0 && !(series.time[i]! > series.time[i - 1]!)) fail(`${name}: times not increasing at ${i}`);
    }
    const { file, line, files } = series.origin;
    const last = typeof file === 'number' ? file : Math.max(...file);
    if (files[last] === undefined || last < 0) fail(`${name}: no source file`);
    if (typeof file !== 'number' && file.length !== series.time.length)
      fail(`${name}: origin of ${file.length} samples`);
    if (typeof line !== 'number' && line.length !== series.time.length)
      fail(`${name}: lines of ${line.length} samples`);
    if (series.importer === '') fail(`${name}: no importer`);
    for (const [label, value] of Object.entries(series.labels))
      if (typeof value !== 'string') fail(`${name}: label ${label} is ${typeof value}`);
  }
  for (const fact of imported.facts) {
    if (fact.source.file === '' || fact.source.importer === '') fail(`fact ${fact.name}: no source`);
    if (typeof fact.value === 'number' && Number.isNaN(fact.value)) fail(`fact ${fact.name}: NaN`);
  }
  for (const event of imported.events) {
    if (!Number.isFinite(event.time)) fail(`event ${event.kind}: time ${event.time}`);
    if (event.kind === '') fail('event without kind');
  }
  for (const problem of imported.problems) {
    if (!Object.hasOwn(problems, problem.code)) fail(`problem of unknown code ${problem.code}`);
    if (/\{\w+\}/.test(problem.message.replaceAll(/"[^"]*"/g, '')) && !Object.keys(problem.args).length)
      fail(`problem ${problem.code}: placeholder left in "${problem.message}"`);
  }
  return faults;
}
