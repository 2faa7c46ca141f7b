import { expect, it } from 'vitest';
import { fuzz } from './support/fuzz.js';

/** A share runs always; `INQUEST_FUZZ=200000` runs all of it (continuous integration does). */
const count = Number(process.env['INQUEST_FUZZ'] ?? 3000);

it(`reads ${count} damaged inputs of all importers without a fault`, { timeout: 1_800_000 }, async () => {
  const failures = await fuzz(count, 1);
  expect(failures.map(({ seed, damage, fault }) => `${seed} ${JSON.stringify(damage)}: ${fault}`)).toEqual([]);
});
