import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('uname', '6.1.txt');
checkNotMine('uname', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
