import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-net-tcp', '6.1.txt');
checkImport('proc-net-tcp', 'ipv6-states.txt');
checkNotMine('proc-net-tcp', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
  'netstat output': 'Proto Recv-Q Send-Q Local Address           Foreign Address         State\n',
});
