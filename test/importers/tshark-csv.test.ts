import { checkImport, checkNotMine } from '../support/check-import.js';
import { tableLooks } from '../support/table-looks.js';

checkImport('tshark-csv', 'wireshark.csv');
checkImport('tshark-csv', 'fields.csv');
checkImport('tshark-csv', 'quotes.csv');
checkNotMine('tshark-csv', tableLooks);
