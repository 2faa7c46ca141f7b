import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('otlp-json', 'logs.json');
checkImport('otlp-json', 'metrics.jsonl');
checkImport('otlp-json', 'tempo.json');
checkImport('otlp-json', 'traces.json');

checkNotMine('otlp-json', {
  'numbers in columns': '1714960800 0.5 12\n1714960815 0.7 13\n',
  'a table of the kernel': 'nr_free_pages 12\nnr_zone_inactive_anon 3\n',
  'another JSON': '{"status":"ok","uptime":12}\n',
  prose: 'The service was slow.\nNobody knows why.\n',
});
