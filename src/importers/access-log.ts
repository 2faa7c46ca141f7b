import { accessLine } from '../logs/access-line.js';
import { LogClock } from '../logs/clock.js';
import { share } from '../logs/read.js';
import { LogWriter } from '../logs/writer.js';
import { LatencySummary } from '../traces/latency.js';
import type { Importer } from './importer.js';

/**
 * Access logs: common and combined format of Apache and nginx (also ingress-nginx, with upstream and times), Envoy and
 * Istio. They become counters of requests and errors and, where the line tells how long a request took, latency per
 * method and upstream; answers of 500 and above are events as well.
 *
 *     10.0.0.1 - - [06/May/2024:10:00:00 +0800] "GET / HTTP/1.1" 200 612 "-" "curl/8" 0.012
 *     [2024-05-06T10:00:00.123Z] "GET / HTTP/1.1" 200 - via_upstream - "-" 0 612 12 11 "-" "curl/8" "id" "web" "10.0.0.2:80"
 */
export const accessLog: Importer = {
  id: 'access-log',
  title: 'Access log',
  format: {
    reference: 'https://nginx.org/en/docs/http/ngx_http_log_module.html',
    versions: 'Apache common and combined, nginx, ingress-nginx, Envoy, Istio',
  },
  sniff(head) {
    const part = share(head, (line) => accessLine(line) !== undefined);
    return part === 0 ? 0 : 0.55 + 0.4 * part;
  },
  async read(file, sink) {
    const clock = new LogClock(sink);
    const writer = new LogWriter(sink);
    const summary = new LatencySummary('access');
    let line = 0;
    let timed = false;
    let requests = 0;
    for await (const text of file.lines()) {
      line++;
      if (text.trim() === '') continue;
      const request = accessLine(text);
      const time = request ? clock.resolve(request.stamp, line) : undefined;
      if (!request || time === undefined) {
        writer.write({ time: undefined, line, message: text, level: 'line' });
        continue;
      }
      requests++;
      sink.passed(line);
      timed ||= !Number.isNaN(request.duration);
      const upstream = request.upstream === undefined ? {} : { service: request.upstream };
      const failed = request.status >= 500;
      summary.add({ ...upstream, method: request.method }, time, request.duration, failed);
      if (!failed) continue;
      const duration = Number.isNaN(request.duration) ? {} : { duration: request.duration };
      const start = time - (Number.isNaN(request.duration) ? 0 : request.duration);
      writer.write({
        time: start,
        line,
        message: text,
        level: 'error',
        kind: 'access.server-error',
        labels: upstream,
        ...duration,
      });
    }
    summary.finish(sink);
    writer.finish();
    sink.fact('access.requests', requests, { unit: 'requests' });
    sink.format(`access log, ${timed ? 'with' : 'without'} request times`);
  },
};
