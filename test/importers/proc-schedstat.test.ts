import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-schedstat', 'version-15.txt');
checkNotMine('proc-schedstat', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
