import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-net-stat-nf-conntrack', '6.1.txt');
checkNotMine('proc-net-stat-nf-conntrack', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
