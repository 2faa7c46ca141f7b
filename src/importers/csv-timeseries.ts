import { look, tableScore } from '../table/look.js';
import { readTable } from '../table/read.js';
import type { Importer } from './importer.js';

/**
 * Delimited text with a column of times, by whatever tool: load generators, benchmarks, data frames, spreadsheets.
 *
 *     timestamp,value                     t,passiveopens,acceptq        time;commit;latency (ms)
 *     2014-02-14 14:30:00,0.132           1,158,2                       2021.01.01 3:00:00 +0100;aaa0;10,43
 *
 * The time column is found by its content; further columns of text tell series apart (or name the metric), columns of
 * numbers are series. Times may be epoch numbers, dates with or without a zone, or count from an unknown start.
 */
export const csvTimeseries = {
  id: 'csv-timeseries',
  title: 'Table with a column of times',
  format: {
    reference: 'https://www.rfc-editor.org/rfc/rfc4180',
    versions: 'any delimiter, decimal mark and date form',
  },
  sniff: (head) => {
    const table = look(head);
    return table === null ? 0 : tableScore(table);
  },
  read: readTable,
} as const satisfies Importer;
