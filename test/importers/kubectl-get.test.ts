import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('kubectl-get', 'custom-events.txt');
checkImport('kubectl-get', 'events.txt');
checkImport('kubectl-get', 'pods.txt');
checkImport('kubectl-get', 'top.txt');

checkNotMine('kubectl-get', {
  'numbers in columns': '1714960800 0.5 12\n1714960815 0.7 13\n',
  'a table of the kernel': 'nr_free_pages 12\nnr_zone_inactive_anon 3\n',
  'another JSON': '{"status":"ok","uptime":12}\n',
  prose: 'The service was slow.\nNobody knows why.\n',
});
