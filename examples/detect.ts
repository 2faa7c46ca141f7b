// One detector on two arrays, whether a series did nothing that matters, whether effect follows dose, and the series that
// changed most at an alarm: no dump needed.
import { absenceArrays, detectArrays, detectors, doseResponse, rankCulprits } from 'inquest';

const time = Array.from({ length: 60 }, (_, i) => Date.UTC(2024, 0, 1) + i * 15_000);
const queue = time.map((_, i) => (i >= 40 && i < 44 ? 250_000 : 3000 + ((i * 37) % 11) * 40));
const burst = detectors.find(({ id }) => id === 'burst')!;
for (const { from, peak, unit, direction } of detectArrays(burst, time, queue, { unit: 'bytes' }))
  console.log(direction, new Date(from).toISOString(), peak, unit);

const window = { from: time[40]!, to: time[44]! };
const idle = time.map((_, i) => 0.02 + ((i * 29) % 13) / 2000);
const still = absenceArrays(time, idle, window, { relevant: 0.05, unit: 'ratio' });
console.log(still.state, 'within', still.limits?.map((limit) => limit.toFixed(4)).join(' and '));
console.log(absenceArrays(time, idle, window, { relevant: 0.05, unit: 'ratio', eventLength: 2000 }).reason);
console.log(
  doseResponse([10, 20, 40, 80, 160], [0, 1, 2, 5, 9]).verdict,
  doseResponse([10, 20, 40], [0, 1, 2]).verdict,
);

const steady = time.map((_, i) => 100 + ((i * 53) % 7));
const series = [
  { name: 'web_cpu', values: steady },
  { name: 'db_cpu', values: steady.map((v, i) => (i >= 40 ? 3 * v : v)) },
  { name: 'cache_cpu', values: steady.map((v) => v + 1) },
];
console.log(rankCulprits({ time, series, onset: 42, graph: [['web', 'db']] }).map(({ name }) => name));
