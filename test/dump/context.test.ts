import { expect, it } from 'vitest';
import { contextOf } from '../../src/dump/context.js';

it('finds labels in a path', () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['x.tar.gz!/proc/1767392808364/183/sched', { pid: '183' }],
    ['proc/1767392808364/183/task/193/sched', { pid: '183', tid: '193' }],
    ['proc/183/net/tcp', { pid: '183' }],
    ['proc/net/tcp', {}],
    ['metrics/2024/up.json', {}],
    ['proc/1/cgroup/web-1/cpu.stat', { pid: '1', cgroup: 'web-1' }],
    ['proc/1767392808364/cgroup/web-1/cpu.stat', { cgroup: 'web-1' }],
    ['sys/devices/system/node/node1/numastat', { numa_node: '1' }],
    [
      'sys/fs/cgroup/cpu/kubepods.slice/kubepods-pod0a1b2c3d_0000_1111_2222_333344445555.slice/cri-containerd-' +
        `${'ab'.repeat(32)}.scope/cpu.stat`,
      {
        cgroup:
          'cpu/kubepods.slice/kubepods-pod0a1b2c3d_0000_1111_2222_333344445555.slice/cri-containerd-' +
          `${'ab'.repeat(32)}.scope`,
        pod_uid: '0a1b2c3d-0000-1111-2222-333344445555',
        container_id: 'ab'.repeat(32),
      },
    ],
  ];
  for (const [path, labels] of cases) expect(contextOf(path), path).toEqual(labels);
});

it('gives the same object for the same labels', () => {
  expect(contextOf('proc/1/183/stat')).toBe(contextOf('proc/2/183/io'));
});
