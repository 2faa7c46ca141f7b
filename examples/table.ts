// Samples as an arquero table, to go on from where the report ends.
import { desc, op } from 'arquero';
import { inquire, openDump } from 'inquest';

const inquiry = await inquire(await openDump('data/reference-incident/dump/metrics'));
const highest = inquiry
  .table('net.tcp.rx_queue')
  .groupby('pod')
  .rollup({ highest: op.max('value') })
  .orderby(desc('highest'));
console.log(highest.numRows() > 1, highest.columnNames().join(' '));
