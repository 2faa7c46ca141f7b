import { checkImport, checkNotMine } from '../support/check-import.js';

checkImport('promtool-series', 'cut.jsonl');
checkNotMine('promtool-series', {
  'a JSON log': '{"level":"info","msg":"__name__ missing"}\n{"level":"warn","msg":"x"}\n',
  'an export with samples': '{"metric":{"__name__":"x"},"values":[1],"timestamps":[1700000000000]}\n',
  'one series with numbers': '{"__name__":"x","value":3}\n',
});
