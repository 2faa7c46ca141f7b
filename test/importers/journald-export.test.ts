import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('journald-export', 'export.txt');
checkImport('journald-export', 'verbose.txt');
checkNotMine('journald-export', {
  'an environment file': 'PATH=/bin\nHOME=/root\nLANG=C\n',
  'sysctl settings': 'kernel.pid_max=1\n',
  'a journal as text': 'Mon 2024-05-06 10:00:00 UTC n1 kernel: hi\n',
});
