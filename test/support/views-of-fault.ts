import { signals } from '../../src/signals/all.js';
import type { Signal } from '../../src/signals/signal.js';
import type { Fault } from './simulate.js';

/** What node_exporter does not show unless it is told to: counters of these files, and collectors that are off. */
const LEFT_OUT =
  /^node_(vmstat_(?!oom_kill|pgpg|pswp|pg.*fault)|netstat_TcpExt_(?!Listen|Syncookies|TCPSynRetrans|TCPTimeouts|TCPOFOQueue|TCPRcvQDrop)|softirqs|interrupts|buddyinfo|zoneinfo|qdisc|tcp_connection|ethtool|processes|slabinfo|cgroups)/;

function byDefault({ names, id }: Signal): boolean {
  return (
    id.startsWith('app.latency') ||
    names.some((entry) => {
      const name = typeof entry === 'string' ? entry : entry.name;
      return name.startsWith('container_') || (name.startsWith('node_') && !LEFT_OUT.test(name));
    })
  );
}

const chosen = (keep: (signal: Signal) => boolean): readonly string[] => signals.filter(keep).map(({ id }) => id);

/** Poorer views of a recording: how it was sampled, and what of it was kept. */
export const views: Readonly<Record<string, (fault: Fault) => Fault>> = {
  /** Every second, all signals. */
  fine: (fault) => fault,
  /** Every 15 seconds. */
  coarse: (fault) => ({ ...fault, step: 15, length: 900 }),
  /** What the common exporters show by default, without facts and logs. */
  common: (fault) => ({ ...bare(fault), only: chosen(byDefault) }),
  /** Levels only, as pictures of panels have them, every five seconds. */
  levels: (fault) => ({
    ...bare(fault),
    step: 5,
    length: 600,
    only: chosen(({ kind, id }) => kind === 'gauge' || id.startsWith('app.')),
  }),
};

function bare(fault: Fault): Fault {
  return { ...fault, facts: 'none', events: [] };
}
