import { printedUnit, type PrintedUnit } from '../table/units.js';

/** Grafana's unit ids where they differ from what is printed. */
const IDS: ReadonlyMap<string, string> = new Map([
  ['percent', '%'],
  ['bytes', 'B'],
  ['decbytes', 'B'],
  ['kbytes', 'KiB'],
  ['deckbytes', 'kB'],
  ['mbytes', 'MiB'],
  ['decmbytes', 'MB'],
  ['gbytes', 'GiB'],
  ['Bps', 'B/s'],
  ['binBps', 'B/s'],
  ['KBs', 'kB/s'],
  ['MBs', 'MB/s'],
  ['bps', 'b/s'],
  ['binbps', 'b/s'],
  ['Kbits', 'kb/s'],
  ['Mbits', 'Mb/s'],
  ['celsius', '°C'],
  ['m', 'min'],
  ['hertz', 'Hz'],
  ['wps', '/s'],
  ['rps', '/s'],
]);

/** What a unit id of a field's settings says of its raw numbers; undefined for display-only ids such as `short`. */
export function fieldUnit(id: string | undefined): PrintedUnit | undefined {
  if (id === undefined) return undefined;
  if (id === 'percentunit') return { text: 'percentunit', factor: 1, unit: 'ratio' };
  const unit = printedUnit(IDS.get(id) ?? id);
  return unit?.unit === undefined ? undefined : unit;
}
