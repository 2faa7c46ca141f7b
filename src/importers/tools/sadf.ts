import type { Labels } from '../../types/series.js';
import type { Milliseconds } from '../../types/units.js';
import type { Sink } from '../importer.js';
import type { ZonedClock } from './clock.js';
import { stampOf } from './clock.js';

/** Time of `2019-04-18 15:54:35 CET`, of the same without a zone, or of an epoch (`sadf -U`). */
export function sadfStamp(zoned: ZonedClock, stamp: string, line: number): Milliseconds | undefined {
  const text = stamp.trim();
  if (/^\d{9,11}$/.test(text)) return zoned.at(Number(text) * 1000, 'UTC', line);
  const found = stampOf(text);
  return found === undefined ? undefined : zoned.at(found.wall, found.zone, line);
}

/** Our table and the label's value for the entity column of `sadf -p`: `cpu3`, `all`, `eth0`, `-`. */
export function entityOf(entity: string, metric: string): { group: string; label: string; value: string } {
  // of interrupts the metric is the CPU
  if (/^(?:all|cpu\d{1,5})$/.test(metric)) return { group: 'interrupts', label: 'intr', value: entity };
  const cpu = /^cpu(\d{1,5})$/.exec(entity)?.[1];
  if (cpu !== undefined) return { group: 'percpu', label: 'cpu', value: cpu };
  if (entity === 'all') return { group: 'cpu', label: '', value: '' };
  if (entity === '-') return { group: '', label: '', value: '' };
  const node = /^node(\d{1,5})$/.exec(entity)?.[1];
  if (node !== undefined) return { group: 'numa', label: 'numa_node', value: node };
  if (metric === 'intr/s') return { group: 'interrupts', label: 'intr', value: entity.replace(/^i0*(?=\d)/, '') };
  if (/^(?:rx|tx|coll|%ifutil)/.test(metric)) return { group: 'iface', label: 'device', value: entity };
  if (/^(?:rcvin|xmtin|framerr|prtyerr|brk|ovrun)/.test(metric)) return { group: 'tty', label: 'tty', value: entity };
  if (/^(?:MBfs|%fs|%ufs|I|%I)/.test(metric)) return { group: 'filesystem', label: 'device', value: entity };
  return { group: 'dev', label: 'device', value: entity };
}

/** Labels of a file with the host a row names; what the path says of the node goes before. */
export function ofHost(sink: Sink, host: string | undefined): Labels {
  const node = sink.context['node'] ?? host ?? '';
  return node === '' ? sink.context : { ...sink.context, node };
}

/** Pushes a restart or a comment as an event; true for a restart. */
export function pushNote(
  sink: Sink,
  text: string,
  at: { readonly time: Milliseconds; readonly labels: Labels; readonly line: number },
): boolean {
  const restart = text.startsWith('LINUX-RESTART');
  sink.event({ ...at, kind: restart ? 'host.restart' : 'sysstat.comment', message: text.slice(0, 500) });
  return restart;
}
