import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-pid-stat', '6.1.txt', { path: 'proc/211/stat' });
checkNotMine('proc-pid-stat', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
