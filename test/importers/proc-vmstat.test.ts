import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-vmstat', '6.1.txt', { runs: 20 });
checkNotMine('proc-vmstat', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
  'cgroup memory.stat': 'anon 12976128\nfile 4337664\nkernel 245760\nslab 1\nsock 0\npgfault 12\n',
});
