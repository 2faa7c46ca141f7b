// Prints how well each simulated cause is found: told and untold windows, several seeds, poorer views of the data.
// `npx tsx test/bench/causes.ts [--seeds 7,11,12,13,14] [--view fine] [--only CAUSE]`
import { parseArgs } from 'node:util';
import { causes } from '../../src/causes/all.js';
import { inquireCase } from '../../src/inquire.js';
import { faults } from '../support/faults.js';
import { FAULT, simulate, START } from '../support/simulate.js';
import { views } from '../support/views-of-fault.js';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '7,11,12,13,14' },
    view: { type: 'string', multiple: true, default: Object.keys(views) },
    only: { type: 'string', default: '' },
  },
});
const given = { from: START + FAULT.from * 1000, to: START + FAULT.to * 1000 };
let bad = 0;

/** `rank:probability verdict`, what came first instead, and what must not be. */
function cell(id: string, view: string, seed: number, told: boolean): string {
  const { incidents } = inquireCase(simulate(views[view]!(faults[id]!), seed), told ? given : {}).diagnosis;
  const [incident] = incidents
    .filter(({ window }) => window.from < given.to && window.to > given.from)
    .sort((a, b) => Math.abs(a.window.from - given.from) - Math.abs(b.window.from - given.from));
  if (incident === undefined) return 'no window';
  const rank = incident.hypotheses.findIndex(({ cause }) => cause === id);
  const { probability, verdict } = incident.hypotheses[rank]!;
  const first = incident.hypotheses[0]!;
  const wrong = incident.hypotheses.filter((h) => h.cause !== id && h.verdict === 'confirmed');
  const worst = [...(verdict === 'excluded' ? ['EXCLUDED'] : []), ...wrong.map((h) => `CONFIRMED ${h.cause}`)];
  bad += worst.length;
  const instead = rank === 0 ? '' : ` (${first.cause} ${first.probability.toFixed(2)})`;
  return [`${rank + 1}:${probability.toFixed(2)} ${verdict}${instead}`, ...worst].join(' ');
}

for (const view of values.view)
  for (const { id } of causes.filter((cause) => cause.id.includes(values.only))) {
    const cells = values.seeds
      .split(',')
      .map(Number)
      .flatMap((seed) => [`told ${cell(id, view, seed, true)}`, `found ${cell(id, view, seed, false)}`]);
    console.log(`${view.padEnd(7)} ${id.padEnd(25)} ${cells.join(' | ')}`);
  }
console.log(`true causes excluded or wrong ones confirmed: ${bad}`);
process.exitCode = bad > 0 ? 1 : 0;
