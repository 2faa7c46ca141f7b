import { checkImport, checkNotMine } from '../support/check-import.js';
import { tableLooks } from '../support/table-looks.js';

checkImport('csv-timeseries', 'decimal-comma.csv');
checkImport('csv-timeseries', 'fold.csv');
checkImport('csv-timeseries', 'relative.csv');
checkImport('csv-timeseries', 'load-generator.csv');
checkImport('csv-timeseries', 'header-rows.csv');
checkImport('csv-timeseries', 'ragged.csv');
checkNotMine('csv-timeseries', tableLooks);
