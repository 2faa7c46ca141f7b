import { openDump } from '../../src/dump/node.js';
import { importDump } from '../../src/import.js';
import { inTempFolder, writeMatrix } from './prometheus-files.js';

/**
 * `npx tsx test/bench/memory.ts [MEGABYTES]`: peak memory of reading one Prometheus answer longer than a JavaScript
 * string can be, against the columns that come out of it. Fails above 1.6 times the columns and 200 MB.
 */
const megabytes = Number(process.argv[2] ?? 700);

await inTempFolder(async (folder) => {
  const { file, samples } = writeMatrix(folder, megabytes);
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 10);
  const start = performance.now();
  const imported = await importDump(await openDump(file));
  clearInterval(watch);
  peak = Math.max(peak, process.memoryUsage.rss());
  const seconds = (performance.now() - start) / 1000;
  const columns = imported.series.reduce((sum, { time, value }) => sum + time.byteLength + value.byteLength, 0);
  const limit = 1.6 * columns + 200e6;
  const read = imported.series.reduce((sum, { time }) => sum + time.length, 0);
  console.log(`${megabytes} MB, ${read} of ${samples} samples in ${seconds.toFixed(1)} s`);
  console.log(
    `columns ${(columns / 1e6).toFixed(0)} MB, peak ${(peak / 1e6).toFixed(0)} MB, limit ${(limit / 1e6).toFixed(0)} MB`,
  );
  if (peak > limit || read !== samples) process.exitCode = 1;
});
