import type { Imported } from '../series/foreign.js';
import type { Milliseconds } from '../types/units.js';

/** Boot times that differ by less are readings of one. */
const SAME = 5000;

/**
 * Epoch ms at which the machine of a file booted, from facts `boot.time` (s); undefined when there is none, or when
 * several machines are spoken of and neither folder nor node tells which.
 */
export function bootTimes(imported: Imported): (file: string) => Milliseconds | undefined {
  const boots = imported.facts.flatMap(({ name, value, source }) =>
    name === 'boot.time' && Number.isFinite(Number(value)) ? [{ time: Number(value) * 1000, file: source.file }] : [],
  );
  return (file) => {
    const first = boots[0];
    if (first === undefined) return undefined;
    if (boots.every(({ time }) => Math.abs(time - first.time) < SAME)) return first.time;
    const ranked = boots.map((boot) => ({ boot, common: commonFolders(boot.file, file) }));
    const most = ranked.reduce((best, { common }) => Math.max(best, common), 0);
    const near = ranked.filter(({ common }) => common === most).map(({ boot }) => boot);
    return most > 0 && near.every(({ time }) => Math.abs(time - near[0]!.time) < SAME) ? near[0]!.time : undefined;
  };
}

function commonFolders(a: string, b: string): number {
  const left = a.split('/').slice(0, -1);
  const right = b.split('/').slice(0, -1);
  let i = 0;
  while (i < left.length && left[i] === right[i]) i++;
  return i;
}
