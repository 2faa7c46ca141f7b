import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-pid-numa-maps', 'bound.txt');
checkNotMine('proc-pid-numa-maps', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
