/** One kind of kernel message. */
export interface KernelMessage {
  /** Event kind. */
  readonly kind: string;
  /** Anchored or literal patterns with bounded repetition only: linear time on any text. */
  readonly pattern: RegExp;
}

/**
 * What the kernel says when something is wrong, as it spells it (Linux 3.10 to 6.x). First match wins; the rest is
 * `kernel.message`.
 */
export const kernelMessages: readonly KernelMessage[] = [
  { kind: 'kernel.oom-kill', pattern: /[Oo]ut of memory(?: \([^)]{1,60}\))?: Kill(?:ed)? process \d{1,10}/ },
  { kind: 'kernel.oom-context', pattern: /oom-kill:constraint=|invoked oom-killer:|oom_reaper: reaped process/ },
  { kind: 'kernel.soft-lockup', pattern: /soft lockup - CPU#\d{1,6} stuck for|softlockup: hung tasks/ },
  { kind: 'kernel.hard-lockup', pattern: /hard LOCKUP on cpu|Watchdog detected hard LOCKUP/ },
  { kind: 'kernel.hung-task', pattern: /INFO: task .{1,80} blocked for more than \d{1,6} seconds/ },
  {
    kind: 'kernel.rcu-stall',
    pattern:
      /rcu_?\w{0,20}:? (?:self-)?detected (?:expedited )?stalls?|rcu_\w{1,20} kthread starved for|rcu_\w{1,20} detected (?:expedited )?stalls/,
  },
  { kind: 'kernel.conntrack-full', pattern: /conntrack: table full|conntrack: expectation table full/ },
  { kind: 'kernel.syn-flooding', pattern: /[Pp]ossible SYN flooding on port/ },
  {
    kind: 'kernel.tcp-out-of-memory',
    pattern: /TCP: out of memory|TCP: too many orphaned sockets|too many orphaned sockets/,
  },
  {
    kind: 'kernel.neighbour-overflow',
    pattern: /neighbou?r(?: table|: \w{1,20}: neighbor table) overflow|Neighbour table overflow/i,
  },
  {
    kind: 'kernel.nic-timeout',
    pattern: /NETDEV WATCHDOG: |transmit queue \d{1,5} timed out|Tx Unit Hang|tx timeout/i,
  },
  {
    kind: 'kernel.nic-link',
    pattern:
      /(?:NIC )?[Ll]ink (?:is |becomes )?(?:[Uu]p|[Dd]own|ready|not ready)\b|carrier (?:lost|acquired)|link status (?:up|definitely)/,
  },
  {
    kind: 'kernel.clocksource',
    pattern:
      /clocksource: (?:timekeeping watchdog|Long readout interval|.{0,40}skewed)|Marking (?:clocksource|TSC) .{0,60}unstable|hrtimer: interrupt took|Clocksource \S{1,40} unstable|TSC found unstable/,
  },
  {
    kind: 'kernel.io-error',
    pattern:
      /I\/O error|(?:Buffer|Unrecovered) (?:I\/O|read) error|blk_update_request: .{0,40}error|critical (?:medium|target|space allocation) error|nvme\d{0,4}n?\d{0,4}: .{0,40}timeout|I\/O \d{1,6}(?: \([^)]{1,30}\))? QID \d{1,6} timeout|task abort: |rejecting I\/O to offline device/i,
  },
  {
    kind: 'kernel.filesystem-error',
    pattern:
      /Remounting filesystem read-only|EXT4-fs (?:error|warning)|EXT4-fs .{0,40}: error|XFS .{0,40}(?:Corruption|shutting down|metadata I\/O error)|BTRFS (?:error|critical)|journal has aborted|previous I\/O error to superblock/,
  },
  {
    kind: 'kernel.oops',
    pattern:
      /BUG: unable to handle|kernel BUG at|general protection fault|Unable to handle kernel|Oops: |divide error:|invalid opcode: |BUG: Bad (?:page|rss)|BUG: scheduling while atomic/,
  },
  { kind: 'kernel.panic', pattern: /Kernel panic - not syncing/ },
  {
    kind: 'kernel.hardware-error',
    pattern:
      /Machine check events logged|\[Hardware Error\]|EDAC .{0,40}(?:CE|UE) |Uncorrected (?:hardware )?(?:memory )?error|PCIe Bus Error|AER: .{0,40}[Ee]rror/,
  },
  {
    kind: 'kernel.cpu-thermal',
    pattern:
      /(?:temperature|power limit) above threshold|cpu clock throttled|(?:Core|Package) power limit notification/i,
  },
  {
    kind: 'kernel.page-allocation-failure',
    pattern: /page allocation (?:failure|stalls)|SLUB: Unable to allocate memory/,
  },
  { kind: 'kernel.callbacks-suppressed', pattern: /\d{1,9} callbacks suppressed|printk messages dropped/ },
  { kind: 'kernel.workqueue-lockup', pattern: /BUG: workqueue lockup|workqueue: .{1,80} hogged CPU/ },
  {
    kind: 'kernel.nmi-too-long',
    pattern: /NMI handler .{0,80}took too long|perf: interrupt took too long|perf interrupt took too long/,
  },
  { kind: 'kernel.segfault', pattern: /: segfault at |traps: .{1,80} trap / },
  { kind: 'kernel.pids-limit', pattern: /cgroup: fork rejected by pids controller/ },
  { kind: 'kernel.file-limit', pattern: /VFS: file-max limit \d{1,20} reached/ },
  { kind: 'kernel.martian', pattern: /martian (?:source|destination)/ },
  {
    kind: 'kernel.virtio-stall',
    pattern: /virtio_net .{0,60}(?:stalled|timeout)|vmbus .{0,40}timeout|xen:.{0,40}timeout/,
  },
  { kind: 'kernel.netdevice-stuck', pattern: /unregister_netdevice: waiting for \S{1,60} to become free/ },
  { kind: 'kernel.over-mtu', pattern: /dropped over-mtu packet|mtu mismatch/ },
  { kind: 'kernel.suspend', pattern: /PM: suspend (?:entry|exit)|PM: hibernation|Freezing of tasks failed/ },
];

/** How much of a kernel message is looked at: its sentence stands at the beginning. */
const REACH = 400;

/** Event kind of a kernel message. */
export function kernelKind(message: string): string {
  const head = message.length > REACH ? message.slice(0, REACH) : message;
  for (const { kind, pattern } of kernelMessages) if (pattern.test(head)) return kind;
  return 'kernel.message';
}
