import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-net-netstat', '6.1.txt', { runs: 20 });
checkNotMine('proc-net-netstat', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
