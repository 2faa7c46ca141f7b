import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-uptime', '6.1.txt');
checkNotMine('proc-uptime', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
  loadavg: '0.62 0.13 0.04 1/119 816\n',
});
