import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('jaeger-json', 'data.json');
checkImport('jaeger-json', 'odd.json');

checkNotMine('jaeger-json', {
  'numbers in columns': '1714960800 0.5 12\n1714960815 0.7 13\n',
  'a table of the kernel': 'nr_free_pages 12\nnr_zone_inactive_anon 3\n',
  'another JSON': '{"status":"ok","uptime":12}\n',
  'what a search in Tempo finds':
    '{"traces":[{"traceID":"5b","rootServiceName":"web","startTimeUnixNano":"1714989600123456789","durationMs":5,"spanSets":[{"spans":[{"spanID":"56"}]}]}]}\n',
  prose: 'The service was slow.\nNobody knows why.\n',
});
