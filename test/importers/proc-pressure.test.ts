import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-pressure', 'cpu', { path: 'proc/pressure/cpu', named: 'path' });
checkImport('proc-pressure', 'full-only', { path: 'proc/pressure/irq' });
checkNotMine('proc-pressure', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
  'a number of an unknown name': '42\n',
});
