import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-net-udp', 'drops.txt');
checkNotMine('proc-net-udp', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
