import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('cgroup-memory-events', 'v2.txt');
checkNotMine('cgroup-memory-events', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
