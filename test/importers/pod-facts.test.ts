import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('pod-facts', 'netstat.txt');
checkImport('pod-facts', 'ss-two-pods.txt');
checkNotMine('pod-facts', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
});
