import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('tc-qdisc', 'htb-with-child.txt');
checkImport('tc-qdisc', 'one-line.txt');
checkImport('tc-qdisc', 'json.json');
checkNotMine('tc-qdisc', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
