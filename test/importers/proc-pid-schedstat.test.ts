import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-pid-schedstat', 'schedstat', { path: 'proc/812/schedstat' });
checkImport('proc-pid-schedstat', 'zero', { path: 'proc/812/task/813/schedstat' });
checkNotMine('proc-pid-schedstat', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
  'a number of an unknown name': '42\n',
});
