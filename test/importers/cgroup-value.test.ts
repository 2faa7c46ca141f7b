import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('cgroup-value', 'cpu.max', { path: 'cgroup/web-1/cpu.max', named: 'path' });
checkImport('cgroup-value', 'memory.current', { path: 'cgroup/web-1/memory.current', named: 'path' });
checkImport('cgroup-value', 'pids-huge', { path: 'cgroup/web-1/pids.current', named: 'path' });
checkNotMine('cgroup-value', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
  'a number of an unknown name': '42\n',
});
