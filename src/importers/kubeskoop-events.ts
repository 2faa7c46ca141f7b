import { readLog, share } from '../logs/read.js';
import { kubeskoopEvent } from '../logs/kubeskoop.js';
import type { Importer } from './importer.js';

/**
 * Events of KubeSkoop's exporter (Net-Exporter), from its file or stderr sink or copied from its documentation's tools.
 *
 *     {"timestamp":1700000000123456789,"type":"SOCKETLAT_READSLOW","labels":[{"name":"pod","value":"web-1"}],"msg":"protocol=TCP … latency=153 ms"}
 *     type=TCPRESET_NOSOCK pod=web-1 namespace=shop protocol=TCP saddr=10.0.0.9 …       no time
 *
 * `timestamp` is when user space handled the event, ns since the epoch. `labels` may be null.
 */
export const kubeskoopEvents: Importer = {
  id: 'kubeskoop-events',
  title: 'KubeSkoop events',
  format: { reference: 'https://github.com/alibaba/kubeskoop/tree/main/pkg/exporter', versions: '0.1–1.0' },
  sniff(head) {
    const part = share(head, (line) => kubeskoopEvent(line) !== undefined);
    return part === 0 ? 0 : 0.6 + 0.38 * part;
  },
  async read(file, sink) {
    await readLog(file, sink, (text) => {
      const event = kubeskoopEvent(text);
      if (event) return { ...event, level: 'line' };
      return { message: text };
    });
    sink.format('KubeSkoop events');
  },
};
