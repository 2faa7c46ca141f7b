import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-net-snmp', '6.1.txt');
checkNotMine('proc-net-snmp', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
