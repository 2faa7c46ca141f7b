import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-mounts', '6.1.txt');
checkNotMine('proc-mounts', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
