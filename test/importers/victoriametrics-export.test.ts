import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('victoriametrics-export', 'two-series.jsonl');
checkNotMine('victoriametrics-export', {
  'a query answer of one series': '{"metric":{"__name__":"up"},"values":[[1700000000,"1"]]}',
  'a JSON log': '{"metric":"x","value":1}\n',
});
