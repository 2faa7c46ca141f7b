/** Colours and sizes of every chart. Safe for colour-blind readers: hue never stands alone, shape and words repeat it. */
export interface Theme {
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly paper: string;
  readonly window: string;
  readonly affected: readonly [string, string, string, string];
  readonly spared: string;
  readonly node: string;
  readonly for: string;
  readonly against: string;
  readonly unknown: string;
  readonly font: string;
}

const FONT =
  'system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';

/** Literal colours, for SVG files that stand alone. After Okabe & Ito 2008, darkened to 3:1 on white. */
export const lightTheme: Theme = {
  ink: '#1b1f24',
  muted: '#57606a',
  grid: '#d8dee4',
  paper: '#ffffff',
  window: '#f6c35c',
  affected: ['#c8430a', '#8a4f9e', '#a66a00', '#b3205e'],
  spared: '#9aa4ae',
  node: '#0a62a5',
  for: '#0a62a5',
  against: '#c8430a',
  unknown: '#7d8790',
  font: FONT,
};

/** The same on dark paper. */
export const darkTheme: Theme = {
  ink: '#e6edf3',
  muted: '#a5b0bb',
  grid: '#363d46',
  paper: '#12161b',
  window: '#8a6414',
  affected: ['#ff8a4c', '#d29be6', '#e8b04a', '#ff7fb0'],
  spared: '#6f7a86',
  node: '#62b0f4',
  for: '#62b0f4',
  against: '#ff8a4c',
  unknown: '#8d98a3',
  font: FONT,
};

/** Colours by CSS variables of the page, so that one SVG serves light, dark and print. */
export const cssTheme: Theme = {
  ink: 'var(--ink)',
  muted: 'var(--muted)',
  grid: 'var(--grid)',
  paper: 'var(--paper)',
  window: 'var(--window)',
  affected: ['var(--hit-0)', 'var(--hit-1)', 'var(--hit-2)', 'var(--hit-3)'],
  spared: 'var(--spared)',
  node: 'var(--node)',
  for: 'var(--for)',
  against: 'var(--against)',
  unknown: 'var(--unknown)',
  font: FONT,
};

/** The CSS declarations that `cssTheme` refers to. */
export function themeVariables(theme: Theme): string {
  const entries: [string, string][] = [
    ['ink', theme.ink],
    ['muted', theme.muted],
    ['grid', theme.grid],
    ['paper', theme.paper],
    ['window', theme.window],
    ...theme.affected.map((colour, i): [string, string] => [`hit-${i}`, colour]),
    ['spared', theme.spared],
    ['node', theme.node],
    ['for', theme.for],
    ['against', theme.against],
    ['unknown', theme.unknown],
  ];
  return entries.map(([name, value]) => `--${name}:${value}`).join(';');
}
