const STEPS = [1, 2, 5, 10];

/** Whether neighbouring steps are numbers of their own; without this, counting up would never reach the end. */
function tellsApart(from: number, to: number, step: number): boolean {
  return Math.max(Math.abs(from), Math.abs(to)) / step < 1e14;
}

/**
 * Round numbers that span `from` to `to`, about `count` of them, all within the span.
 * @param base 1024 for bytes, so that ticks fall on round binary numbers
 */
export function ticks(from: number, to: number, count: number, base: 1000 | 1024 = 1000): number[] {
  if (!(to > from) || !Number.isFinite(to - from)) return [from];
  const rough = (to - from) / Math.max(1, count);
  const unit = base === 1024 ? 1024 ** Math.max(0, Math.floor(Math.log(rough) / Math.log(1024))) : 1;
  const power = 10 ** Math.floor(Math.log10(rough / unit));
  const step = unit * power * (STEPS.find((s) => s * power * unit >= rough) ?? 10);
  if (!tellsApart(from, to, step)) return [from];
  const found: number[] = [];
  const first = Math.ceil(from / step - 1e-9);
  for (let i = first; i * step <= to + step * 1e-9; i++) found.push(Number((i * step).toPrecision(15)));
  return found;
}

const SPANS = [
  1e3, 2e3, 5e3, 10e3, 15e3, 30e3, 60e3, 120e3, 300e3, 600e3, 900e3, 1800e3, 3600e3, 7200e3, 10_800e3, 21_600e3,
  43_200e3, 86_400e3,
];

/** Round instants (UTC) from `from` to `to` in ms, about `count` of them. */
export function timeTicks(from: number, to: number, count: number): number[] {
  const rough = (to - from) / Math.max(1, count);
  const step = SPANS.find((s) => s >= rough) ?? Math.ceil(rough / 86_400e3) * 86_400e3;
  const found: number[] = [];
  if (!(to > from) || !Number.isFinite(to - from) || !tellsApart(from, to, step)) return [from];
  for (let t = Math.ceil(from / step) * step; t <= to; t += step) found.push(t);
  return found.length > 0 ? found : [from];
}
