import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-pid-limits', '6.1.txt');
checkNotMine('proc-pid-limits', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
