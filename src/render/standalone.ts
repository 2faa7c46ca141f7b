import { themeVariables, type Theme } from '../charts/theme.js';
import type { Drawing } from './svg.js';

/** A drawing as an SVG file of its own: colours by value, on paper of the theme's colour. */
export function standalone(drawing: Drawing, theme: Theme): string {
  const colours = new Map(
    themeVariables(theme)
      .split(';')
      .map((entry): [string, string] => {
        const cut = entry.indexOf(':');
        return [entry.slice(2, cut), entry.slice(cut + 1)];
      }),
  );
  const svg = drawing.svg.replace(/="var\(--([a-z0-9-]+)\)"/g, (whole, name: string) => {
    const colour = colours.get(name);
    return colour === undefined ? whole : `="${colour}"`;
  });
  const end = svg.indexOf('>') + 1;
  return `${svg.slice(0, end)}<rect width="100%" height="100%" fill="${theme.paper}"/>${svg.slice(end)}\n`;
}
