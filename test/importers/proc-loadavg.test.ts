import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-loadavg', '6.1.txt');
checkImport('proc-loadavg', 'repeated.txt');
checkNotMine('proc-loadavg', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
  uptime: '1305.21 4803.02\n',
});
