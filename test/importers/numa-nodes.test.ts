import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('numa-nodes', 'numastat.txt');
checkImport('numa-nodes', 'sections.txt', { runs: 20 });
checkNotMine('numa-nodes', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
