import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-diskstats', '17-numbers.txt');
checkNotMine('proc-diskstats', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
