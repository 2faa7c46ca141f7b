import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('numastat', 'two-nodes.txt');
checkImport('numastat', 'memory.txt');
checkImport('numastat', 'process.txt');
checkImport('numastat', 'processes.txt');
checkNotMine('numastat', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
