import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('numactl-hardware', 'two-nodes.txt');
checkNotMine('numactl-hardware', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
