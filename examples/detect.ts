// One detector on two arrays, and the series that changed most at an alarm: no dump needed.
import { detectArrays, detectors, rankCulprits } from 'inquest';

const time = Array.from({ length: 60 }, (_, i) => Date.UTC(2024, 0, 1) + i * 15_000);
const queue = time.map((_, i) => (i >= 40 && i < 44 ? 250_000 : 3000 + ((i * 37) % 11) * 40));
const burst = detectors.find(({ id }) => id === 'burst')!;
for (const { from, peak, unit, direction } of detectArrays(burst, time, queue, { unit: 'bytes' }))
  console.log(direction, new Date(from).toISOString(), peak, unit);

const steady = time.map((_, i) => 100 + ((i * 53) % 7));
const series = [
  { name: 'web_cpu', values: steady },
  { name: 'db_cpu', values: steady.map((v, i) => (i >= 40 ? 3 * v : v)) },
  { name: 'cache_cpu', values: steady.map((v) => v + 1) },
];
console.log(rankCulprits({ time, series, onset: 42, graph: [['web', 'db']] }).map(({ name }) => name));
