import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that is gone when `use` is done. */
export async function inTempFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'inquest-bench-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Writes an answer of `query_range` of about `megabytes`: counters of pods, a sample each 15 s, as Prometheus prints
 * them. @returns its path and the number of samples
 */
export function writeMatrix(folder: string, megabytes: number): { file: string; samples: number } {
  const file = join(folder, `matrix-${megabytes}.json`);
  const out = openSync(file, 'w');
  const perSeries = 5000;
  let bytes = writeSync(out, '{"status":"success","data":{"resultType":"matrix","result":[');
  let samples = 0;
  for (let pod = 0; bytes < megabytes * 1e6; pod++) {
    const points: string[] = [];
    // three kinds that occur side by side: a counter, a rate with all its digits, a small level
    for (let i = 0; i < perSeries; i++) {
      const value = pod % 3 === 0 ? 1e6 + i * 37 + pod : pod % 3 === 1 ? (i * 7919 + pod) / 4096 : (i * pod) % 7;
      points.push(`[${1_700_000_000 + i * 15},"${value}"]`);
    }
    const labels = `{"__name__":"kubeskoop_tcp_insegs","k8s_namespace":"shop","k8s_node":"n${pod % 40}","k8s_pod":"web-${pod}"}`;
    bytes += writeSync(out, `${pod > 0 ? ',' : ''}{"metric":${labels},"values":[${points.join(',')}]}`);
    samples += perSeries;
  }
  writeSync(out, ']}}');
  closeSync(out);
  return { file, samples };
}

/**
 * Writes a wide table of about `megabytes`: a column of times and 400 columns of values, a row each 15 s.
 * @returns its path and the number of samples
 */
export function writeWide(folder: string, megabytes: number): { file: string; samples: number } {
  const file = join(folder, `wide-${megabytes}.csv`);
  const out = openSync(file, 'w');
  const columns = 400;
  const names = Array.from(
    { length: columns },
    (_, i) => `"kubeskoop_tcp_insegs{k8s_node=""n${i % 40}"",k8s_pod=""web-${i}""}"`,
  );
  let bytes = writeSync(out, `timestamp,${names.join(',')}\n`);
  let samples = 0;
  for (let row = 0; bytes < megabytes * 1e6;) {
    const lines: string[] = [];
    for (let k = 0; k < 100; k++, row++) {
      const cells = names.map((_, i) =>
        i % 3 === 0 ? 1e6 + row * 37 + i : i % 3 === 1 ? ((row * 7919 + i) % 1e6) / 4096 : (row * i) % 7,
      );
      lines.push(`${1_700_000_000 + row * 15},${cells.join(',')}\n`);
      samples += columns;
    }
    bytes += writeSync(out, lines.join(''));
  }
  closeSync(out);
  return { file, samples };
}
