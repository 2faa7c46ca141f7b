import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-swaps', 'one.txt');
checkNotMine('proc-swaps', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
