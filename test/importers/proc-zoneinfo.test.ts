import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-zoneinfo', '6.1.txt', { runs: 20 });
checkNotMine('proc-zoneinfo', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
