import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-pid-cgroup', 'hybrid.txt');
checkNotMine('proc-pid-cgroup', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
