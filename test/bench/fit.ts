// Fits the factors of src/evidence/fitted.ts on recorded incidents.
//   npm run accuracy -- --root FOLDER … --save graded.json && npx tsx test/bench/fit.ts graded.json
// Prints loss and calibration on held-out cases for several ridges, with the factors fitted on all.
import { readFileSync } from 'node:fs';
import { centre, crossValidate, fit, loss, names, toExample, type Saved } from './fitting.js';

const file = process.argv[2];
if (file === undefined) throw new Error('usage: fit.ts graded.json');
const examples = (JSON.parse(readFileSync(file, 'utf8')) as Saved[]).flatMap(toExample);
const cases = new Set(examples.map((e) => e.name)).size;
console.log(
  `${examples.length} incidents of ${cases} cases; loss as written ${loss(examples, centre, 0).toFixed(3)} bit`,
);
for (const ridge of [3, 1, 0.3, 0.1, 0.03]) {
  const held = crossValidate(examples, ridge);
  const all = fit(examples, ridge);
  console.log(
    `ridge ${ridge}: held-out ${held.bits.toFixed(3)} bit, calibration error ${held.calibrationError.toFixed(3)}; fitted ${loss(examples, all, 0).toFixed(3)} bit`,
  );
  console.log(`  ${names.map((name, i) => `${name} ${all[i]!.toFixed(2)}`).join(', ')}`);
}
