import { look, tableScore } from '../table/look.js';
import { readTable } from '../table/read.js';
import type { Importer } from './importer.js';

/** Headers of series as rows, before and after version 7. */
const ROWS = new Set(['series,time,value', 'time,metric,value']);

/**
 * What Grafana's panel inspector and the CSV export before version 7 write.
 *
 *     sep=,                                       "Series";"Time";"Value"
 *     "Time","RX Queue","kubeskoop_x{pod=""a""}"   "a";"2018-03-26T15:14:00-04:00";null
 *     2024-05-06 10:00:00,1.2 K,0
 *
 * Header cells are quoted and the first is `Time`; several frames follow one another after blank lines; values are raw or
 * formatted with units; times are local without a zone, UTC, with an offset, or epoch ms, as version and settings had it
 * (grafana-data/src/utils/csv.ts, inspector/utils/download.ts).
 */
export const grafanaCsv = {
  id: 'grafana-csv',
  title: 'Grafana CSV export',
  format: {
    reference: 'https://grafana.com/docs/grafana/latest/panels-visualizations/panel-inspector/',
    versions: '2–12',
  },
  sniff: (head) => {
    const table = look(head);
    if (table === null) return 0;
    const base = tableScore(table);
    if (base === 0) return 0;
    const names = table.header.map((cell) => cell.trim().toLowerCase());
    const first = head.lines[table.dialect.skip] ?? '';
    if (first.startsWith('#name#') || ROWS.has(names.join())) return 0.9;
    const quoted = /^\uFEFF?"(?:[^"]|""){0,200}"[,;\t|]/.test(first);
    if (names[0] === 'time' && (table.stated || quoted)) return 0.88;
    // joined frames may begin with another column; spreadsheets and scripts quote headers too, but seldom write `sep=`
    if (table.stated || (quoted && names.includes('time'))) return Math.max(base, 0.7);
    return quoted ? base + 0.05 : 0;
  },
  read: readTable,
} as const satisfies Importer;
