import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-cpuinfo', 'x86.txt', { runs: 20 });
checkImport('proc-cpuinfo', 's390x.txt');
checkNotMine('proc-cpuinfo', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
