import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-net-dev', '6.1.txt');
checkNotMine('proc-net-dev', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
