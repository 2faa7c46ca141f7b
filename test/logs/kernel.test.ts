import { describe, expect, it } from 'vitest';
import { kernelKind, kernelMessages } from '../../src/logs/kernel.js';

describe('kernelKind', () => {
  it.each([
    ['Out of memory: Killed process 812 (java) total-vm:1kB', 'kernel.oom-kill'],
    ['Memory cgroup out of memory: Kill process 1012 (java) score 1035 or sacrifice child', 'kernel.oom-kill'],
    ['java invoked oom-killer: gfp_mask=0x14000c0', 'kernel.oom-context'],
    ['watchdog: BUG: soft lockup - CPU#3 stuck for 23s! [java:812]', 'kernel.soft-lockup'],
    ['NMI watchdog: Watchdog detected hard LOCKUP on cpu 1', 'kernel.hard-lockup'],
    ['INFO: task java:812 blocked for more than 120 seconds.', 'kernel.hung-task'],
    ['rcu: INFO: rcu_sched detected stalls on CPUs/tasks:', 'kernel.rcu-stall'],
    ['INFO: rcu_preempt self-detected stall on CPU', 'kernel.rcu-stall'],
    ['nf_conntrack: nf_conntrack: table full, dropping packet', 'kernel.conntrack-full'],
    ['ip_conntrack: table full, dropping packet.', 'kernel.conntrack-full'],
    ['TCP: request_sock_TCP: Possible SYN flooding on port 80. Sending cookies.', 'kernel.syn-flooding'],
    ['TCP: out of memory -- consider tuning tcp_mem', 'kernel.tcp-out-of-memory'],
    ['neighbour: arp_cache: neighbor table overflow!', 'kernel.neighbour-overflow'],
    ['Neighbour table overflow.', 'kernel.neighbour-overflow'],
    ['NETDEV WATCHDOG: eth0 (virtio_net): transmit queue 0 timed out', 'kernel.nic-timeout'],
    ['bond0: link status definitely down for interface eth1', 'kernel.nic-link'],
    ['igb 0000:01:00.0 eth0: igb: eth0 NIC Link is Down', 'kernel.nic-link'],
    ['clocksource: Long readout interval, skipping watchdog check: cs_nsec: 1', 'kernel.clocksource'],
    // every boot prints it
    ['clocksource: Switched to clocksource tsc', 'kernel.message'],
    ['Buffer I/O error on dev vdb, logical block 0', 'kernel.io-error'],
    ['nvme nvme0: I/O 12 QID 3 timeout, aborting', 'kernel.io-error'],
    ['EXT4-fs (vda1): Remounting filesystem read-only', 'kernel.filesystem-error'],
    ['Kernel panic - not syncing: Fatal exception', 'kernel.panic'],
    ['mce: [Hardware Error]: Machine check events logged', 'kernel.hardware-error'],
    ['CPU3: Core temperature above threshold, cpu clock throttled', 'kernel.cpu-thermal'],
    ['java: page allocation failure: order:5', 'kernel.page-allocation-failure'],
    ['net_ratelimit: 4512 callbacks suppressed', 'kernel.callbacks-suppressed'],
    ['perf: interrupt took too long (2503 > 2500), lowering', 'kernel.nmi-too-long'],
    ['cgroup: fork rejected by pids controller in /kubepods', 'kernel.pids-limit'],
    ['eth0: renamed from veth12', 'kernel.message'],
    ['Out of memory handling is enabled', 'kernel.message'],
  ])('%s → %s', (message, kind) => {
    expect(kernelKind(message)).toBe(kind);
  });

  it('has each kind once, and is soon done with a long message', () => {
    const kinds = kernelMessages.map(({ kind }) => kind);
    expect(new Set(kinds).size).toBe(kinds.length);
    const long = 'INFO: task '.repeat(100_000);
    // quadratic work on this runs into the limit of the test
    for (let i = 0; i < 100; i++) expect(kernelKind(long)).toBe('kernel.message');
  });
});
