import type { Labels } from '../types/series.js';

/** A text key in the manner of Prometheus: `name{a="x",b="y"}`, labels sorted by name; `name` alone without labels. */
export function seriesKey(name: string, labels: Labels): string {
  const names = Object.keys(labels).sort();
  if (names.length === 0) return name;
  let text = `${name}{`;
  for (let i = 0; i < names.length; i++) {
    const label = names[i]!;
    text += `${i === 0 ? '' : ','}${label}="${escaped(labels[label]!)}"`;
  }
  return `${text}}`;
}

function escaped(value: string): string {
  return /["\\\n]/.test(value) ? value.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n') : value;
}

/** Median of the distances of successive samples, ms; 0 with fewer than two samples. */
export function medianStep(time: Float64Array): number {
  const n = time.length - 1;
  if (n < 1) return 0;
  const steps = new Float64Array(n);
  for (let i = 0; i < n; i++) steps[i] = time[i + 1]! - time[i]!;
  steps.sort();
  return (steps[(n - 1) >> 1]! + steps[n >> 1]!) / 2;
}
