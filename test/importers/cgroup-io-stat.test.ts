import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('cgroup-io-stat', 'v2.txt');
checkNotMine('cgroup-io-stat', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
