import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-net-route', '6.1.txt');
checkNotMine('proc-net-route', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
