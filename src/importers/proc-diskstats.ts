import { labelled } from '../proc/labels.js';
import { eachLine, fields, firstLine, numberOf } from '../proc/snapshot.js';
import type { Importer, SeriesHints } from './importer.js';

const COUNTER: SeriesHints = { kind: 'counter', unit: 'operations' };
const SECTORS: SeriesHints = { kind: 'counter', unit: 'bytes', conversion: '× 512 (sectors → bytes)' };
const GAUGE: SeriesHints = { kind: 'gauge', unit: 'operations' };
const COLUMNS: readonly (readonly [string, SeriesHints])[] = [
  ['reads', COUNTER],
  ['reads_merged', COUNTER],
  ['read_bytes', SECTORS],
  ['read_time_ms', COUNTER],
  ['writes', COUNTER],
  ['writes_merged', COUNTER],
  ['written_bytes', SECTORS],
  ['write_time_ms', COUNTER],
  ['in_flight', GAUGE],
  ['io_time_ms', COUNTER],
  ['io_time_weighted_ms', COUNTER],
  ['discards', COUNTER],
  ['discards_merged', COUNTER],
  ['discarded_bytes', SECTORS],
  ['discard_time_ms', COUNTER],
  ['flushes', COUNTER],
  ['flush_time_ms', COUNTER],
];
/** Partitions before 2.6.25: reads, sectors read, writes, sectors written. */
const SHORT = [0, 2, 4, 6];

/**
 * `/proc/diskstats`: counters of every disk and partition. 11 numbers, 15 with discards since 4.18, 17 with flushes since
 * 5.5; partitions of old kernels have 4. Times in ms; a sector is 512 bytes whatever the disk.
 *
 *      254       0 vda 3 0 24 2 0 0 0 0 0 0 2 0 0 0 0 0 0
 */
export const procDiskstats = {
  id: 'proc-diskstats',
  title: 'disk counters (/proc/diskstats)',
  format: { reference: 'https://docs.kernel.org/admin-guide/iostats.html', versions: '4, 11, 15 or 17 numbers' },
  sniff: ({ lines }) => (/^ *\d+ +\d+ [a-zA-Z][\w!.-]*(?: \d+){4,20}\s*$/.test(firstLine(lines)) ? 0.95 : 0),
  read: async (file, sink) => {
    let most = 0;
    await eachLine(file, sink, (text, line, time) => {
      const cells = fields(text);
      const count = cells.length - 3;
      if (count < 4) return sink.problem('TOO_FEW_COLUMNS', { expected: 7, found: cells.length }, line);
      most = Math.max(most, count);
      const labels = labelled.with(sink.context, 'device', cells[2]!);
      for (let i = 0; i < count && i < COLUMNS.length; i++) {
        const value = numberOf(cells[i + 3]);
        const [name, hints] = COLUMNS[count < 11 ? (SHORT[i] ?? i) : i]!;
        if (value === undefined) sink.problem('BAD_NUMBER', { found: cells[i + 3]! }, line);
        else
          sink
            .series(`proc.diskstats.${name}`, labels, hints)
            .push(time, hints === SECTORS ? value * 512 : value, line);
      }
    });
    sink.format(`diskstats, ${most} numbers`);
  },
} as const satisfies Importer;
