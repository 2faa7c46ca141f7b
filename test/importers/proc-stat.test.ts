import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-stat', '6.1.txt');
checkNotMine('proc-stat', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
