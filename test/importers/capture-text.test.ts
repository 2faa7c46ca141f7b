import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('capture-text', 'midnight.txt');
checkImport('capture-text', 'verbose-epoch.txt');
checkImport('capture-text', 'tshark.txt');
checkImport('capture-text', 'wireshark.txt');
checkNotMine('capture-text', {
  'a log with times of day': '10:00:00.123456 INFO server started > port 80: ok\n10:00:01.000000 WARN slow\n',
  strace: '10:00:00.123456 read(3, "x", 1) = 1\n',
  ping: '64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.1 ms\n',
});
