import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-slabinfo', '2.1.txt');
checkNotMine('proc-slabinfo', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
