import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-sys-value', 'file-nr', { path: 'proc/sys/fs/file-nr', named: 'path' });
checkImport('proc-sys-value', 'range', { path: 'proc/sys/net/ipv4/ip_local_port_range', named: 'path' });
checkNotMine('proc-sys-value', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
  'a number of an unknown name': '42\n',
});
