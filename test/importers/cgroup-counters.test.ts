import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('cgroup-counters', 'stat.txt', { path: 'cgroup/system.slice/cgroup.stat' });
checkImport('cgroup-counters', 'swap.txt', { path: 'cgroup/system.slice/memory.swap.events' });
checkImport('cgroup-counters', 'cpuacct.txt', { path: 'cgroup/cpuacct/batch/cpuacct.stat' });
checkNotMine('cgroup-counters', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
  'memory.events': 'low 0\nhigh 1\nmax 2\noom 0\noom_kill 0\n',
  'a metric of Prometheus': 'user 12\n',
});
