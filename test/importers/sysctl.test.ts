import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('sysctl', 'procps.txt');
checkNotMine('sysctl', {
  prose: 'connection reset by peer\n',
  JSON: '{"a": 1}\n',
  properties: 'server.port = 8080\nserver.host = a\n',
});
