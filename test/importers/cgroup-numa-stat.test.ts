import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('cgroup-numa-stat', 'v1.txt', { path: 'sys/fs/cgroup/memory/kubepods/memory.numa_stat' });
checkImport('cgroup-numa-stat', 'v2.txt');
checkNotMine('cgroup-numa-stat', {
  'numa_maps of a process': '7f0c0000 default anon=1 dirty=1 N0=1 kernelpagesize_kB=4\n',
  'other keys': 'total=5\nused=4\n',
});
