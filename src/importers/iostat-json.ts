import type { Importer } from './importer.js';
import { hostsOfJson, pushHosts } from './tools/sysstat-document.js';

/**
 * `iostat -o JSON`: CPU and disks per report.
 *
 * ```
 * {"sysstat": {"hosts": [{"nodename": "node1", "date": "06/01/20", "statistics": [
 *   {"timestamp": "06/01/20 12:53:20", "avg-cpu": {"user": 1.5, "iowait": 0.9, "idle": 90.1},
 *    "disk": [{"disk_device": "vda", "r/s": 1.2, "w/s": 3.4, "r_await": 0.5, "aqu-sz": 0.01, "util": 0.4}]}]}]}}
 * ```
 * sysstat 11 writes `r`, `w`, `rkB`, `avgqu-sz`, `await`, `svctm` instead. The first report averages everything since
 * boot (unless `-y` was given, which the output does not tell).
 */
export const iostatJson: Importer = {
  id: 'iostat-json',
  title: 'iostat JSON',
  format: { reference: 'https://github.com/sysstat/sysstat/blob/master/iostat.c', versions: 'sysstat 11.5 to 12' },
  sniff({ text }) {
    if (!/^\s{0,20}\{\s{0,20}"sysstat"\s{0,20}:/.test(text)) return 0;
    const own = /"avg-cpu"|"disk_device"|"disk"\s{0,20}:/.test(text);
    return own && !text.includes('"file-date"') && !/"timestamp"\s{0,20}:\s{0,20}\{/.test(text) ? 0.97 : 0;
  },
  async read(file, sink) {
    pushHosts(sink, await hostsOfJson(file, sink), 'iostat JSON', true);
  },
};
