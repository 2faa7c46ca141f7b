import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-meminfo', '6.1.txt', { runs: 20 });
checkNotMine('proc-meminfo', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
