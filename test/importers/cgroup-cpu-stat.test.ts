import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('cgroup-cpu-stat', 'v1.txt');
checkImport('cgroup-cpu-stat', 'v2.txt');
checkNotMine('cgroup-cpu-stat', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
