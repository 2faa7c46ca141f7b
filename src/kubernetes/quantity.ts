const FACTORS = new Map<string, number>([
  ['', 1],
  ['n', 1e-9],
  ['u', 1e-6],
  ['m', 1e-3],
  ['k', 1e3],
  ['K', 1e3],
  ['M', 1e6],
  ['G', 1e9],
  ['T', 1e12],
  ['P', 1e15],
  ['E', 1e18],
  ['Ki', 2 ** 10],
  ['Mi', 2 ** 20],
  ['Gi', 2 ** 30],
  ['Ti', 2 ** 40],
  ['Pi', 2 ** 50],
  ['Ei', 2 ** 60],
]);

/**
 * Number of a Kubernetes quantity in its base unit: `250m` → 0.25, `128Mi` → 134217728, `1e3` → 1000, `0.5` → 0.5.
 * NaN for anything else.
 * @remarks https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function quantity(text: string): number {
  const m = /^([+-]?(?:\d{1,25}\.?\d{0,20}|\.\d{1,20}))(?:[eE]([+-]?\d{1,3})|([numkKMGTPE]|[KMGTPE]i)?)$/.exec(
    text.trim(),
  );
  if (!m) return Number.NaN;
  const exponent = m[2] === undefined ? 1 : Number(`1e${m[2]}`);
  // 29m as 29 / 1000 is exact to the last digit, 29 · 0.001 is not
  if (m[3] === 'm' || m[3] === 'u' || m[3] === 'n') return Number(m[1]) / Math.round(1 / (FACTORS.get(m[3]) ?? 1));
  return Number(m[1]) * exponent * (FACTORS.get(m[3] ?? '') ?? Number.NaN);
}

/** Milliseconds of an age as kubectl prints it: `45s`, `3m12s`, `5d4h`, `2y30d`; NaN for `<unknown>` and anything else. */
export function age(text: string): number {
  const m = /^(?:(\d{1,4})y)?(?:(\d{1,5})d)?(?:(\d{1,5})h)?(?:(\d{1,5})m)?(?:(\d{1,6})s)?$/.exec(text.trim());
  if (!m || m[0] === '') return Number.NaN;
  const [years, days, hours, minutes, seconds] = m.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return ((years * 365 + days) * 86_400 + hours * 3600 + minutes * 60 + seconds) * 1000;
}
