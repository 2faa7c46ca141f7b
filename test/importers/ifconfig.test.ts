import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('ifconfig', 'new.txt');
checkImport('ifconfig', 'old.txt');
checkNotMine('ifconfig', {
  'ip link': '2: eth0: <BROADCAST,UP> mtu 1450 qdisc noqueue state UP\n    link/ether 52:54:00:12:34:56\n',
  prose: 'eth0: flags were changed, mtu 1500\n',
});
