import type { Importer } from './importer.js';
import { hostsOfJson, pushHosts } from './tools/sysstat-document.js';

/**
 * `mpstat -o JSON`: CPU time and interrupts.
 *
 * ```
 * {"sysstat": {"hosts": [{"nodename": "node1", "date": "06/01/20", "statistics": [
 *   {"timestamp": "12:53:20", "cpu-load": [{"cpu": "all", "usr": 1.49, "soft": 0.40, "idle": 56.01}]}]}]}}
 * ```
 * The date stands at the host, the records carry the time of day alone.
 */
export const mpstatJson: Importer = {
  id: 'mpstat-json',
  title: 'mpstat JSON',
  format: { reference: 'https://github.com/sysstat/sysstat/blob/master/mpstat.c', versions: 'sysstat 11.5 to 12' },
  sniff({ text }) {
    if (!/^\s{0,20}\{\s{0,20}"sysstat"\s{0,20}:/.test(text)) return 0;
    const own = /"(?:cpu-load|node-load|sum-interrupts|individual-interrupts|soft-interrupts)"/.test(text);
    return own && !text.includes('"file-date"') && !/"timestamp"\s{0,20}:\s{0,20}\{/.test(text) ? 0.98 : 0;
  },
  async read(file, sink) {
    pushHosts(sink, await hostsOfJson(file, sink), 'mpstat JSON');
  },
};
