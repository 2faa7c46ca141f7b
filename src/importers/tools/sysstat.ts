import type { SeriesHints, Sink } from '../importer.js';
import type { Labels } from '../../types/series.js';
import type { Milliseconds, Unit } from '../../types/units.js';
import { badCell, bytesOf, isNumber, numberOf, roundingOf } from './text.js';

/** What a column of sysstat means: its name among our foreign names, its kind, and the conversion to base units. */
export interface Column {
  readonly name: string;
  readonly kind: 'rate' | 'gauge';
  readonly unit: Unit;
  readonly factor: number;
  readonly conversion?: string;
}

/** Head words of columns that name the entity of a row, and the label we give it. */
export const ITEMS: ReadonlyMap<string, { readonly group: string; readonly label: string }> = new Map([
  ['CPU', { group: 'cpu', label: 'cpu' }],
  ['NODE', { group: 'numa', label: 'numa_node' }],
  ['IFACE', { group: 'iface', label: 'device' }],
  ['DEV', { group: 'dev', label: 'device' }],
  ['device', { group: 'dev', label: 'device' }],
  ['TTY', { group: 'tty', label: 'tty' }],
  ['INTR', { group: 'interrupts', label: 'intr' }],
  ['FILESYSTEM', { group: 'filesystem', label: 'device' }],
  ['MOUNTPOINT', { group: 'filesystem', label: 'mountpoint' }],
  ['FCHOST', { group: 'fchost', label: 'device' }],
  ['FAN', { group: 'fan', label: 'sensor' }],
  ['TEMP', { group: 'temp', label: 'sensor' }],
  ['IN', { group: 'voltage', label: 'sensor' }],
  ['BAT', { group: 'battery', label: 'battery' }],
  ['BUS', { group: 'usb', label: 'bus' }],
  ['DEVICE', { group: 'sensor', label: 'device' }],
]);

const SHARE_OF_TIME = /^%(?:util|ifutil|busy|scpu|sio|fio|smem|fmem|[ws]io)$/;

const known = new Map<string, Column>();

/**
 * Meaning of a column of sar, sadf, mpstat, iostat and pidstat, from its name and the table it stands in. Names keep sar's
 * spelling without `/s`; percentages become ratios, sizes bytes, times seconds.
 * @param group table: `cpu`, `iface`, `dev` … or empty for tables of the whole host
 */
export function columnOf(group: string, column: string): Column {
  const key = `${group} ${column}`;
  let meaning = known.get(key);
  if (meaning === undefined) {
    meaning = describe(group, column);
    // foreign names are bounded in practice; a hostile file must not grow this without limit
    if (known.size < 2000) known.set(key, meaning);
  }
  return meaning;
}

function describe(group: string, column: string): Column {
  const rate = column.endsWith('/s');
  const bare = rate ? column.slice(0, -2) : column;
  const name = group === '' ? `sysstat.${bare}` : `sysstat.${group}.${bare}`;
  if (column.startsWith('%')) return percent(group, name, column);
  const size = sizeOf(bare);
  // iostat's amounts since the report before stand beside the rates of the same name
  if (!rate && /^(?:kB|MB|Blk)_(?:read|wrtn|dscd)$/.test(bare) && size !== undefined)
    return { name: `${name}.amount`, kind: 'gauge', unit: 'bytes', factor: size.factor, conversion: size.text };
  if (rate || /^[rwd]?tps$/.test(bare)) return perSecond(name, bare, size);
  if (size !== undefined) return { name, kind: 'gauge', unit: 'bytes', factor: size.factor, conversion: size.text };
  return level(name, bare);
}

function level(name: string, bare: string): Column {
  if (/await$|^svctm$|^av(?:wait|serv)$|-ms$/.test(bare))
    return { name, kind: 'gauge', unit: 'seconds', factor: 0.001, conversion: '× 0.001 (ms → s)' };
  // mean queue length is the rate of the weighted time requests spend in the queue
  if (/^(?:aqu-sz|avgqu-sz|avque)$/.test(bare)) return { name, kind: 'rate', unit: 'ratio', factor: 1 };
  if (bare === 'MHz' || bare === 'wghMHz')
    return { name, kind: 'gauge', unit: 'hertz', factor: 1e6, conversion: '× 1e6 (MHz → Hz)' };
  if (bare === 'degC') return { name, kind: 'gauge', unit: 'celsius', factor: 1 };
  return { name, kind: 'gauge', unit: bare.startsWith('ldavg') || bare === 'runq-sz' ? 'tasks' : 'count', factor: 1 };
}

function percent(group: string, name: string, column: string): Column {
  const time = /^(?:cpu|percpu|numa|task|thread)$/.test(group) || SHARE_OF_TIME.test(column);
  const kind = time && column !== '%MEM' ? 'rate' : 'gauge';
  return { name, kind, unit: 'ratio', factor: 0.01, conversion: '× 0.01 (% → ratio)' };
}

function perSecond(name: string, bare: string, size: ReturnType<typeof sizeOf>): Column {
  if (size !== undefined)
    return { name, kind: 'rate', unit: 'bytes/second', factor: size.factor, conversion: size.text };
  const unit: Unit = /pck$|^total$|^dropd$/.test(bare)
    ? 'packets/second'
    : /tps$|^[rwd]$|rqm$/.test(bare)
      ? 'operations/second'
      : 'count/second';
  return { name, kind: 'rate', unit, factor: 1 };
}

/** The factor to bytes that a column's name states. */
function sizeOf(bare: string): { factor: number; text: string } | undefined {
  if (/^kb|kB|^VSZ$|^RSS$|^StkSize$|^StkRef$|^pgpg(?:in|out)$|areq-sz$/.test(bare))
    return { factor: 1024, text: '× 1024 (KiB → bytes)' };
  if (/^MB|^[rwd]MB$/.test(bare)) return { factor: 1_048_576, text: '× 1048576 (MiB → bytes)' };
  if (/sec$|^Blk_|^bread$|^bwrtn$|^bdscd$|^avgrq-sz$|^blks$/.test(bare))
    return { factor: 512, text: '× 512 (sectors → bytes)' };
  return undefined;
}

/**
 * Pushes one cell into the series of its column.
 * @param window interval the value is an average over, for rates; undefined when unknown
 */
export function pushCell(
  sink: Sink,
  column: Column,
  labels: Labels,
  at: { readonly time: Milliseconds; readonly window: Milliseconds | undefined; readonly line: number },
  text: string,
  rounding?: number,
): void {
  const { cell, printed } = plain(text, column);
  if (badCell(sink, cell, at.line)) return;
  const hints: SeriesHints = {
    kind: column.kind,
    unit: column.unit,
    rounding: (rounding ?? printed) * column.factor,
    ...(column.kind === 'rate' && at.window !== undefined && at.window > 0 ? { window: at.window } : {}),
    ...(column.conversion === undefined ? {} : { conversion: column.conversion }),
  };
  const value = numberOf(cell);
  sink
    .series(column.name, labels, hints)
    .push(at.time, column.factor === 1 ? value : exact(value * column.factor), at.line);
}

/** A cell of `--human` as without it, and how finely it was printed: `5.3k` becomes KiB, `0.1%` loses its sign. */
function plain(text: string, column: Column): { cell: string; printed: number } {
  if (text.endsWith('%')) return { cell: text.slice(0, -1), printed: roundingOf(text.slice(0, -1)) };
  const bytes = isNumber(text) || column.factor < 512 ? Number.NaN : bytesOf(text);
  if (Number.isNaN(bytes)) return { cell: text, printed: roundingOf(text) };
  const digits = text.replace(/[a-z]{1,3}$/i, '');
  const scale = bytesOf(`1${text.slice(digits.length)}`) / column.factor;
  return { cell: String(bytes / column.factor), printed: roundingOf(digits) * scale };
}

/** States a cell as a fact of the whole time since boot: the first report of iostat and vmstat. */
export function factCell(
  sink: Sink,
  column: Column,
  labels: Labels,
  at: { readonly line: number },
  text: string,
): void {
  const { cell } = plain(text, column);
  if (badCell(sink, cell, at.line)) return;
  const value = numberOf(cell);
  sink.fact(`since_boot.${column.name}`, exact(value * column.factor), { labels, unit: column.unit, line: at.line });
}

/** A decimal number without the dust of binary multiplication: 12.5 × 0.01 is 0.125. */
export function exact(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(12)) : value;
}

/** Host, date and CPU count of sysstat's first line, `Linux 5.10.134 (node1) \t05/06/24 \t_x86_64_\t(8 CPU)`. */
export interface Header {
  readonly system: string;
  readonly release: string;
  readonly host: string;
  readonly date: string;
  readonly machine?: string;
  readonly cpus?: number;
}

/** Reads sysstat's first line, or that of Solaris's sar (`SunOS host 5.10 Generic sun4u    08/19/2010`). */
export function headerOf(text: string): Header | undefined {
  const line = text.slice(0, 400);
  const linux =
    /^Linux (\S{1,100}) \(([^)]{0,200})\)\s+(\S{6,20})(?:\s+_?(\w{2,20}?)_?)?(?:\s+\((\d{1,5}) CPU\))?\s*$/.exec(line);
  if (linux !== null) {
    const [, release = '', host = '', date = '', machine, cpus] = linux;
    return {
      system: 'Linux',
      release,
      host,
      date,
      ...(machine === undefined ? {} : { machine }),
      ...(cpus === undefined ? {} : { cpus: Number(cpus) }),
    };
  }
  const unix =
    /^(SunOS|AIX|HP-UX) (\S{1,100}) (\S{1,40}) (\S{1,60})(?: (\S{1,40}))?\s+(\d{1,2}\/\d{1,2}\/\d{2,4})\s*$/.exec(line);
  if (unix === null) return undefined;
  const [, system = '', host = '', release = '', , machine, date = ''] = unix;
  return { system, release, host, date, ...(machine === undefined ? {} : { machine }) };
}

/** States what the header says as facts; the labels every series of the file carries. */
export function stateHeader(sink: Sink, header: Header, line: number): Labels {
  const node = sink.context['node'] ?? header.host;
  const labels: Labels = node === '' ? sink.context : { ...sink.context, node };
  const fact = (name: string, value: string | number | undefined): void => {
    if (value !== undefined && value !== '') sink.fact(name, value, { labels, line });
  };
  fact('host.name', header.host);
  fact('kernel.release', header.release);
  fact('kernel.system', header.system);
  fact('host.machine', header.machine);
  fact('cpu.count', header.cpus);
  fact('sysstat.date', header.date);
  return labels;
}

/** Word that starts a line of averages, in the languages sysstat speaks. */
export function isAverage(first: string | undefined): boolean {
  return (
    first !== undefined &&
    /^(?:Average|Summary|Durchschn\.?|Moyenne|Media|Média|Medie|Średnia|Среднее|平均时间|平均値|平均|Keskiarvo|Gennemsnit|Genomsnitt|Průměr)[:：]?$/.test(
      first,
    )
  );
}
