import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-buddyinfo', 'two-zones.txt');
checkNotMine('proc-buddyinfo', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
