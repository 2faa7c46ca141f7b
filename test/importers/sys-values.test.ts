import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('sys-values', 'rps.txt');
checkNotMine('sys-values', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
