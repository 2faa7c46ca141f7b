import { checkImport, checkNotMine } from '../support/check-import.js';
import { tableLooks } from '../support/table-looks.js';

checkImport('grafana-dashboard', 'rows.json');
checkImport('grafana-dashboard', 'variables.json');
checkNotMine('grafana-dashboard', tableLooks);
