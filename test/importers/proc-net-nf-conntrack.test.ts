import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('proc-net-nf-conntrack', 'conntrack-tool.txt');
checkImport('proc-net-nf-conntrack', 'three.txt');
checkNotMine('proc-net-nf-conntrack', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
