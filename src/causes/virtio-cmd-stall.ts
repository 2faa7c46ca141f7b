import type { Cause } from './cause.js';

export const virtioCmdStall = {
  id: 'virtio-cmd-stall',
  title: 'Slow virtio-net commands',
  mechanism:
    'The driver of the virtual network card sends a control command and spins until the host has answered, as a rule with the lock of the network configuration (RTNL) held. Tools and statistics that need the lock wait.',
  chain: ['command waits for the host', 'lock held', 'others wait'],
  prior: { weight: -13, reason: 'rare even on virtual machines; only its own probe can show it' },
  clues: [
    {
      id: 'slow-commands',
      expect: { kind: 'change', signal: 'net.virtio.slow_commands', direction: 'up', where: 'any', atLeast: 0.02 },
      says: 'virtio-net commands were slow',
      ifSeen: 26,
      ifAbsent: -14,
      reason: 'the mechanism itself, where the probe is on; nothing else makes it count',
      group: 'mechanism',
      role: 'mechanism',
    },
    {
      id: 'event',
      expect: { kind: 'event', event: 'kubeskoop.VIRTCMDEXCUTE', within: 60000, where: 'any' },
      says: 'slow virtio-net commands were recorded',
      ifSeen: 24,
      ifAbsent: 0,
      reason: 'the mechanism itself',
      group: 'mechanism',
      role: 'decisive-event',
    },
  ],
  explains: ['packet-loss'],
  next: [
    {
      id: 'virtio-probe',
      command: "echo 'switch on the virtcmdlatency probe of the exporter and wait for an episode'",
      why: 'only this probe sees the command',
      expect: 'VIRTCMDEXCUTE events during the episode',
    },
  ],
  remedies: [
    {
      id: 'host',
      do: 'have the host side mended, poll device statistics less often',
      command: "echo 'watch the virtcmdlatency probe'",
      verify: 'no slow commands',
      watch: { signal: 'net.virtio.slow_commands', expect: 'zero' },
    },
  ],
  references: [
    {
      title: 'KubeSkoop: probe tracevirtcmdlat',
      url: 'https://github.com/alibaba/kubeskoop/blob/main/pkg/exporter/probe/tracevirtcmdlat/tracevirtcmdlat.go',
    },
    {
      title: 'Linux kernel source: virtio_net.c, virtnet_send_command',
      url: 'https://github.com/torvalds/linux/blob/master/drivers/net/virtio_net.c',
    },
  ],
} as const satisfies Cause;
