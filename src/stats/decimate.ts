/**
 * A line thinned for drawing: per bucket of equal time its first, lowest, highest and last sample are kept in order,
 * so a burst of one sample cannot vanish. NaN marks a break in the line and one NaN per gap is kept.
 * @param time increasing, any unit
 * @param limit samples to keep at most, at least 8
 * @returns indices into the arrays, increasing; all of them when there are `limit` or fewer
 * @remarks M4 aggregation, Jugel et al. 2014, PVLDB 7:797
 */
export function decimate(time: Float64Array, value: Float64Array, limit: number): Uint32Array {
  const n = time.length;
  if (n <= limit) return Uint32Array.from({ length: n }, (_, i) => i);
  // five candidates a bucket: first, lowest, highest, last, and a gap
  const buckets = Math.max(1, Math.floor(limit / 5));
  const start = time[0]!;
  const width = (time[n - 1]! - start) / buckets || 1;
  const kept: number[] = [];
  let from = 0;
  for (let bucket = 0; bucket < buckets && from < n; bucket++) {
    const end = bucket === buckets - 1 ? Infinity : start + width * (bucket + 1);
    let to = from;
    while (to < n && time[to]! < end) to++;
    kept.push(...extremes(value, from, to));
    from = to;
  }
  return Uint32Array.from(kept);
}

function extremes(value: Float64Array, from: number, to: number): number[] {
  const chosen = new Set<number>();
  let low = -1;
  let high = -1;
  let last = -1;
  for (let i = from; i < to; i++) {
    const v = value[i]!;
    if (Number.isNaN(v)) {
      if (!Array.from(chosen).some((j) => Number.isNaN(value[j]))) chosen.add(i);
      continue;
    }
    if (last < 0) chosen.add(i);
    if (low < 0 || v < value[low]!) low = i;
    if (high < 0 || v > value[high]!) high = i;
    last = i;
  }
  for (const i of [low, high, last]) if (i >= 0) chosen.add(i);
  return Array.from(chosen).sort((a, b) => a - b);
}
