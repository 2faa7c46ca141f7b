import type { Labels } from '../../types/series.js';
import type { Milliseconds } from '../../types/units.js';
import type { Sink } from '../importer.js';
import { interrupt } from './sar-table.js';
import { type Column, columnOf, factCell, pushCell } from './sysstat.js';
import { numberOf, roundingOf } from './text.js';

/** An object of a document. */
export type Tree = Readonly<Record<string, unknown>>;

/** What a table of sysstat's JSON and XML holds: our group and how its bare keys become sar's column names. */
interface Table {
  readonly group: string;
  /** `%`: all keys are percentages; `/s`: per second; `kb`: sizes in KiB; empty: levels. */
  readonly keys: '%' | '/s' | 'kb' | '';
}

const TABLES: ReadonlyMap<string, Table> = new Map<string, Table>([
  ['cpu-load', { group: 'cpu', keys: '%' }],
  ['cpu-load-all', { group: 'cpu', keys: '%' }],
  ['avg-cpu', { group: 'cpu', keys: '%' }],
  ['node-load', { group: 'numa', keys: '%' }],
  ['sum-interrupts', { group: 'cpu', keys: '/s' }],
  ['process-and-context-switch', { group: '', keys: '/s' }],
  ['interrupts', { group: 'interrupts', keys: '/s' }],
  ['swap-pages', { group: '', keys: '/s' }],
  ['paging', { group: '', keys: '/s' }],
  ['io', { group: '', keys: '/s' }],
  ['memory', { group: '', keys: 'kb' }],
  ['hugepages', { group: '', keys: 'kb' }],
  ['kernel', { group: '', keys: '' }],
  ['queue', { group: '', keys: '' }],
  ['serial', { group: 'tty', keys: '/s' }],
  ['disk', { group: 'dev', keys: '/s' }],
  ['net-dev', { group: 'iface', keys: '/s' }],
  ['net-edev', { group: 'iface', keys: '/s' }],
  ['net-nfs', { group: 'nfs', keys: '/s' }],
  ['net-nfsd', { group: '', keys: '/s' }],
  ['net-sock', { group: '', keys: '' }],
  ['net-sock6', { group: '', keys: '' }],
  ['softnet', { group: 'cpu', keys: '/s' }],
  ['fchosts', { group: 'fchost', keys: '/s' }],
  ['filesystems', { group: 'filesystem', keys: '' }],
  ['psi', { group: 'psi', keys: '' }],
  ['psi-cpu', { group: 'psi.cpu', keys: '' }],
  ['psi-io', { group: 'psi.io', keys: '' }],
  ['psi-mem', { group: 'psi.mem', keys: '' }],
  ['cpu-frequency', { group: 'cpu', keys: '' }],
  ['cpu-weighted-frequency', { group: 'cpu', keys: '' }],
  ['fan-speed', { group: 'fan', keys: '' }],
  ['temperature', { group: 'temp', keys: '' }],
  ['voltage-input', { group: 'voltage', keys: '' }],
  ['batteries', { group: 'battery', keys: '' }],
  ['usb-devices', { group: 'usb', keys: '' }],
]);

/** Keys that name the entity of a row → our label; empty: left out. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ['cpu', 'cpu'],
  ['number', 'number'],
  ['iface', 'device'],
  ['disk-device', 'device'],
  ['disk_device', 'device'],
  ['dev', 'device'],
  ['device', 'device'],
  ['intr', 'intr'],
  ['name', 'intr'],
  ['line', 'tty'],
  ['filesystem', 'device'],
  ['fsname', 'device'],
  ['fs', 'device'],
  ['mountpoint', 'mountpoint'],
  ['fchost', 'device'],
  ['node', 'numa_node'],
  ['core', ''],
  ['socket', ''],
  ['per', ''],
  ['unit', ''],
]);

/** Labels instead of `number`, by group. */
const NUMBERED: ReadonlyMap<string, string> = new Map([
  ['cpu', 'cpu'],
  ['fan', 'sensor'],
  ['temp', 'sensor'],
  ['voltage', 'sensor'],
  ['battery', 'battery'],
  ['usb', 'bus'],
]);

const RENAMED: ReadonlyMap<string, string> = new Map([
  ['frequency', 'MHz'],
  ['weighted-frequency', 'wghMHz'],
  ['value', 'interrupts/s'],
  ['util', '%util'],
  ['inactive', 'kbinact'],
]);

/** `some_avg10` under `psi-cpu` is sar's `%scpu-10`, the bare average of the interval `%scpu`. */
const PRESSURE = /^(some|full)_avg(10|60|300)?$/;

const UNITLESS =
  /^(?:tps|rtps|wtps|dtps|[rwdf]?_?await|svctm|(?:avgrq|avgqu|areq|aqu|rareq|wareq|dareq)-sz|rx_rps|flw_lim|blg_len)$/;

/** Whether a value is an object that may be walked. */
export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text of a plain value; empty for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The value as a list: XML has a single child where JSON has a list. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

/** Where and when the numbers of a record belong. */
export interface At {
  readonly time: Milliseconds;
  readonly window: Milliseconds | undefined;
  readonly line: number;
  /** The record averages everything since boot: facts instead of samples. */
  readonly boot?: boolean;
}

/**
 * Pushes all numbers of one record of sysstat's JSON or XML, whatever tables it holds.
 * @returns how many numbers there were
 */
export function pushTree(sink: Sink, record: Tree, base: Labels, at: At): number {
  return walk(sink, record, { group: '', keys: '/s' }, base, at, 0);
}

function walk(sink: Sink, tree: Tree, table: Table, inherited: Labels, at: At, depth: number): number {
  const labels = { ...inherited, ...ownLabels(tree, table.group) };
  const fine = Object.keys(tree).some((key) => key.endsWith('/s'));
  let numbers = 0;
  for (const [key, value] of Object.entries(tree)) {
    if (isTree(value) || Array.isArray(value)) {
      const next = TABLES.get(key) ?? individual(key) ?? table;
      // depth is the document's; a hostile one must not exhaust the stack
      if (depth < 12)
        for (const child of listOf(value)) if (isTree(child)) numbers += walk(sink, child, next, labels, at, depth + 1);
      continue;
    }
    const cell = String(value);
    if (labelOf(key, table.group) !== undefined || Number.isNaN(numberOf(cell))) continue;
    numbers++;
    pushNumber(sink, keyOf(key, table, fine), { key, table, labels, at, cell });
  }
  return numbers;
}

function pushNumber(
  sink: Sink,
  name: string,
  { key, table, labels, at, cell }: { key: string; table: Table; labels: Labels; at: At; cell: string },
): void {
  // vendors and products of devices are no measurements
  if (table.group === 'usb') return;
  const special = table.group === 'interrupts' ? interrupt(table.group, key, labels['cpu']) : undefined;
  if (special !== undefined) return push(sink, special.column, { ...labels, ...special.labels }, at, cell);
  // sar's names of pressures tell the resource already
  const own = table.group.startsWith('psi') ? '' : table.group;
  push(sink, columnOf(own === 'cpu' && labels['cpu'] !== undefined ? 'percpu' : own, name), labels, at, cell);
}

/** Labels that a row's own texts give. */
function ownLabels(tree: Tree, group: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [key, value] of Object.entries(tree)) {
    const label = labelOf(key, group);
    if (label === undefined || label === '' || typeof value === 'object') continue;
    const text = textOf(value).trim();
    const all = (group === 'cpu' || group === 'interrupts') && (text === 'all' || text === '-1');
    if (text !== '' && !all) labels[label] = text;
  }
  return labels;
}

function push(sink: Sink, column: Column, labels: Labels, at: At, cell: string): void {
  // JSON readers drop trailing zeros; sysstat prints rates with two decimals
  const printed = column.kind === 'rate' ? Math.min(0.005, roundingOf(cell)) : roundingOf(cell);
  if (at.boot === true) factCell(sink, column, labels, at, cell);
  else pushCell(sink, column, labels, at, cell, printed);
}

function individual(key: string): Table | undefined {
  if (key === 'individual-interrupts' || key === 'soft-interrupts') return { group: 'percpu', keys: '/s' };
  return undefined;
}

function labelOf(key: string, group: string): string | undefined {
  if (key === 'number') return NUMBERED.get(group) ?? 'number';
  // a lone `intr` under `sum-interrupts` is the number itself
  if (key === 'intr' && group === 'cpu') return undefined;
  return LABELS.get(key);
}

function pressureOf(key: string, group: string): string | undefined {
  const parts = PRESSURE.exec(key);
  const resource = /^psi\.(\w{2,3})$/.exec(group)?.[1];
  if (parts === null || resource === undefined) return undefined;
  return `%${parts[1]![0]!}${resource}${parts[2] === undefined ? '' : `-${parts[2]}`}`;
}

/** sar's column name for a key of JSON or XML. */
function keyOf(key: string, table: Table, fine: boolean): string {
  const renamed = RENAMED.get(key);
  if (renamed !== undefined) return renamed;
  const pressure = pressureOf(key, table.group);
  if (pressure !== undefined) return pressure;
  if (key.endsWith('-percent')) return `%${key.slice(0, -8)}`;
  if (key.startsWith('percent-')) return `%${key.slice(8)}`;
  if (key.endsWith('/s') || /^(?:%|kb|MB)/.test(key)) return key;
  if (table.keys === '%') return `%${key}`;
  if (table.keys === 'kb') return `kb${key}`;
  if (table.keys === '' || UNITLESS.test(key)) return key;
  if (!fine) return `${key}/s`;
  // iostat 12 gives r/s and beside it rrqm, the share of merged requests, and kB_read, the amount
  return /^[rwd]rqm$/.test(key) ? `%${key}` : key;
}

/** The labels and facts of a host object: `nodename`, `release`, `number-of-cpus` … */
export function hostOf(sink: Sink, host: Tree): Labels {
  const name = typeof host['nodename'] === 'string' ? host['nodename'] : '';
  const node = sink.context['node'] ?? name;
  const labels: Labels = node === '' ? sink.context : { ...sink.context, node };
  const facts: readonly (readonly [key: string, name: string])[] = [
    ['nodename', 'host.name'],
    ['sysname', 'kernel.system'],
    ['release', 'kernel.release'],
    ['machine', 'host.machine'],
    ['number-of-cpus', 'cpu.count'],
    ['date', 'sysstat.date'],
    ['file-date', 'sysstat.date'],
    ['timezone', 'host.timezone'],
  ];
  for (const [key, fact] of facts) {
    const value = host[key];
    if (typeof value === 'number' || (typeof value === 'string' && value !== '')) {
      const count = key === 'number-of-cpus' ? Number(value) : value;
      sink.fact(fact, count, { labels });
    }
  }
  return labels;
}
