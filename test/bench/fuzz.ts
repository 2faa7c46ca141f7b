import { fuzz, seeds } from '../support/fuzz.js';

/** `npm run fuzz [COUNT] [SEED]`: reads damaged inputs of every importer; 200,000 unless told otherwise. */
const count = Number(process.argv[2] ?? process.env['INQUEST_FUZZ'] ?? 200_000);
const seed = Number(process.argv[3] ?? 1);

console.log(`${count} inputs from ${seeds().length} fixtures, seed ${seed}`);
const start = performance.now();
const failures = await fuzz(count, seed, (done) => {
  if (done % 20_000 === 0) console.log(`${done} read, ${((performance.now() - start) / 1000).toFixed(0)} s`);
});
for (const { seed: from, damage, fault } of failures) console.log(`${from} ${JSON.stringify(damage)}\n  ${fault}`);
console.log(`${count} inputs in ${((performance.now() - start) / 1000).toFixed(1)} s`);
if (failures.length > 0) process.exitCode = 1;
