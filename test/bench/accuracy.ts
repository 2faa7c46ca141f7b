// Prints how well the diagnosis does on incidents with known truth, and fails when it got worse than the committed
// board. `npm run accuracy [-- --write] [-- --root FOLDER …] [-- --json]`
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openDump } from '../../src/dump/node.js';
import { inquire } from '../../src/inquire.js';
import { crossValidate, toExample, type Saved } from './fitting.js';
import { grade, hitsOf, onClockOf, summarise, type Grade, type Truth, type View } from './grade.js';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const boardFile = join(here, 'accuracy-board.json');

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    root: { type: 'string', multiple: true, default: [join(root, '../shared/cases')] },
    save: { type: 'string', default: '' },
    only: { type: 'string', default: '' },
    view: { type: 'string', multiple: true, default: ['full', 'metrics', 'csv'] },
  },
});

function casesIn(folder: string): readonly { readonly name: string; readonly path: string; readonly truth: Truth }[] {
  if (!existsSync(folder)) {
    console.log(`skipped: ${folder} is not there (recorded incidents with known truth)`);
    return [];
  }
  return readdirSync(folder)
    .sort()
    .filter((name) => existsSync(join(folder, name, 'truth.json')) && name.includes(values.only))
    .map((name) => ({
      name,
      path: join(folder, name),
      truth: JSON.parse(readFileSync(join(folder, name, 'truth.json'), 'utf8')) as Truth,
    }))
    .filter(({ truth }) => truth.verified !== false);
}

/** What the fit reads: hypotheses with their evidence, per case and view. */
const saved: Saved[] = [];

/** Pull of the fit towards the written weights: the one with the smallest held-out loss. */
const RIDGE = 0.3;

async function gradeView(path: string, name: string, truth: Truth, view: View): Promise<Grade> {
  const dump = await openDump([join(path, 'dump', view === 'full' ? '' : view)]);
  const { diagnosis } = await inquire(dump);
  saved.push({ name, view, cause: truth.cause, incidents: hitsOf(onClockOf(truth, diagnosis), diagnosis) });
  return grade(name, view, truth, diagnosis);
}

const grades: Grade[] = [];
for (const folder of values.root) {
  for (const { name, path, truth } of casesIn(folder)) {
    for (const view of values.view as View[]) {
      const result = await gradeView(path, name, truth, view);
      grades.push(result);
      if (!values.json) console.log(result.line);
    }
  }
}

if (values.save !== '') writeFileSync(values.save, JSON.stringify(saved));
const summary = summarise(grades);
if (values.json) console.log(JSON.stringify({ summary, grades }, null, 1));
else {
  for (const line of summary.lines) console.log(line);
  const examples = saved.flatMap(toExample);
  if (new Set(examples.map((e) => e.name)).size >= 12) {
    const held = crossValidate(examples, RIDGE);
    console.log(
      `cross-validated over cases (factors fitted without the case graded): log score ${held.bits.toFixed(3)} bit, expected calibration error ${held.calibrationError.toFixed(3)}`,
    );
  }
}

if (grades.length > 0 && values.write) {
  writeFileSync(boardFile, `${JSON.stringify(summary.board, null, 2)}\n`);
  console.log(`board written`);
} else if (grades.length > 0 && existsSync(boardFile) && values.only === '' && values.view.length === 3) {
  const worse = summary.worseThan(JSON.parse(readFileSync(boardFile, 'utf8')) as typeof summary.board);
  for (const line of worse) console.log(`WORSE ${line}`);
  if (worse.length > 0) process.exitCode = 1;
}
