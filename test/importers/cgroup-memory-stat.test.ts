import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('cgroup-memory-stat', 'v1.txt');
checkImport('cgroup-memory-stat', 'v2.txt');
checkNotMine('cgroup-memory-stat', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
  vmstat: 'nr_free_pages 1\nnr_inactive_anon 2\npgfault 12\n',
});
