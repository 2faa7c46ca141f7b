import type { Signal } from './signal.js';

/** The measurement itself. */
export const measurement = [
  {
    id: 'measurement.up',
    title: 'whether the target answered the scrape',
    unit: 'count',
    kind: 'gauge',
    level: 'node',
    names: ['up'],
  },
  {
    id: 'measurement.scrape_duration',
    title: 'time the scrape took',
    unit: 'seconds',
    kind: 'gauge',
    level: 'node',
    names: ['scrape_duration_seconds'],
  },
  {
    id: 'measurement.process_start',
    title: 'start time of the exporter',
    unit: 'seconds',
    kind: 'gauge',
    level: 'node',
    names: ['process_start_time_seconds'],
  },
  {
    id: 'measurement.clock_offset',
    title: 'offset of the clock',
    unit: 'seconds',
    kind: 'gauge',
    level: 'node',
    names: ['node_timex_offset_seconds'],
  },
] as const satisfies readonly Signal[];
