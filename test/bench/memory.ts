import { openDump } from '../../src/dump/node.js';
import { importDump } from '../../src/import.js';
import { inTempFolder, writeMatrix, writeWide } from './prometheus-files.js';

/**
 * `npx tsx test/bench/memory.ts json|csv [MEGABYTES]`: peak memory of reading one file longer than a JavaScript string
 * can be, against the columns that come out of it. Fails above 1.6 times the columns and 200 MB.
 */
const kind = process.argv[2] === 'csv' ? 'csv' : 'json';
const megabytes = Number(process.argv[3] ?? 700);

await inTempFolder(async (folder) => {
  const { file, samples } = (kind === 'csv' ? writeWide : writeMatrix)(folder, megabytes);
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
  const passed = peak <= limit && read === samples;
  const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
  console.log(`  ${kind}, ${megabytes} MB: ${read} of ${samples} samples in ${seconds.toFixed(1)} s`);
  console.log(
    `  columns ${mb(columns)}, peak ${mb(peak)}, limit ${mb(limit)} (${(peak / limit).toFixed(2)} of it): ${passed ? 'PASS' : 'FAIL'}`,
  );
  if (!passed) process.exitCode = 1;
});
