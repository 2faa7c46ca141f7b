import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-net-softnet-stat', '13-columns.txt');
checkImport('proc-net-softnet-stat', '15-columns-cpu-offline.txt');
checkImport('proc-net-softnet-stat', '9-columns.txt');
checkNotMine('proc-net-softnet-stat', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
  'a hash': 'd41d8cd98f00b204e9800998ecf8427e\n',
});
