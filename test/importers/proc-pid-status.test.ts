import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-pid-status', '6.1.txt', { path: 'proc/211/status' });
checkNotMine('proc-pid-status', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
