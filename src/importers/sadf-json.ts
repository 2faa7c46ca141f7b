import type { Importer } from './importer.js';
import { hostsOfJson, pushHosts } from './tools/sysstat-document.js';

/**
 * `sadf -j`: sar's records as JSON.
 *
 * ```
 * {"sysstat": {"hosts": [{"nodename": "node1", "number-of-cpus": 8, "statistics": [
 *   {"timestamp": {"date": "2024-05-06", "time": "10:10:01", "utc": 1, "interval": 600},
 *    "cpu-load": [{"cpu": "all", "user": 2.15, "system": 2.36, "iowait": 0.12, "idle": 82.88}]}]}]}}
 * ```
 * `cpu-load` counts interrupts under system, `cpu-load-all` apart. Rates are averages over `interval` seconds.
 */
export const sadfJson: Importer = {
  id: 'sadf-json',
  title: 'sadf JSON',
  format: {
    reference: 'https://github.com/sysstat/sysstat/blob/master/json_stats.c',
    versions: 'sysstat 10.1 to 12',
  },
  sniff({ text }) {
    if (!/^\s{0,20}\{\s{0,20}"sysstat"\s{0,20}:/.test(text)) return 0;
    return text.includes('"file-date"') || /"timestamp"\s{0,20}:\s{0,20}\{/.test(text) ? 0.98 : 0.5;
  },
  async read(file, sink) {
    pushHosts(sink, await hostsOfJson(file, sink), 'sadf JSON');
  },
};
