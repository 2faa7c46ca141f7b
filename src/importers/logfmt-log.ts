import { logfmt, structured } from '../logs/fields.js';
import { readLog, share } from '../logs/read.js';
import type { Importer } from './importer.js';

const TIMED = /(?:^|\s)(?:ts|time|t|timestamp)="?\d{4}-\d\d-\d\d[T ]|(?:^|\s)(?:ts|time|t|timestamp)=\d{10}/;
const LEVEL = /(?:^|\s)(?:level|lvl|severity)="?[A-Za-z]{1,9}"?(?:\s|$)/;

/**
 * logfmt, the logs of Grafana, Prometheus, Loki and other Go programs:
 * `ts=2024-05-06T10:00:00.123Z caller=main.go:12 level=info msg="started"`.
 */
export const logfmtLog: Importer = {
  id: 'logfmt-log',
  title: 'Application log, logfmt',
  format: {
    reference: 'https://pkg.go.dev/github.com/go-logfmt/logfmt',
    versions: 'go-kit, logrus, slog text handler',
  },
  sniff(head) {
    const part = share(head, (line) => TIMED.test(line) && LEVEL.test(line));
    return part === 0 ? 0 : 0.4 + 0.4 * part;
  },
  async read(file, sink) {
    await readLog(file, sink, (text) => {
      if (!TIMED.test(text)) return undefined;
      const pairs = logfmt(text);
      const { stamp, level, labels } = structured((name) => pairs.get(name));
      return { stamp, level, labels, message: text };
    });
    sink.format('logfmt');
  },
};
