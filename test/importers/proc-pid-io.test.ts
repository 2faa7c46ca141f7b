import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-pid-io', '6.1.txt', { path: 'proc/211/io' });
checkNotMine('proc-pid-io', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
