import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-net-sockstat', '6.1.txt');
checkNotMine('proc-net-sockstat', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
