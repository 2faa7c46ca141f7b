import { readLog, share, type Grammar } from '../logs/read.js';
import { levelOfWord } from '../logs/level.js';
import { stampAt } from '../logs/time.js';
import type { Importer } from './importer.js';

const LINE = /^([IWEF])(\d{4})?(\d\d)(\d\d) (\d\d:\d\d:\d\d\.\d{6}) {1,8}(\d{1,10}) ([^\s\]]{1,120}:\d{1,6})\] ?/;
const CREATED = /^Log file created at: (\d{4})[/-](\d\d)[/-](\d\d) /;
const MACHINE = /^Running on machine: (\S{1,255})/;
const HEADER = /^(?:Log line format: |Binary: Built with |Previous log: |Running duration )/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * klog and glog, the logs of Kubernetes components: `I0506 10:00:00.123456   12345 server.go:12] message`. Neither
 * year nor zone, except in the header of a log file (`Log file created at: 2024/05/06 …`).
 */
export const klog: Importer = {
  id: 'klog',
  title: 'klog / glog',
  format: { reference: 'https://github.com/kubernetes/klog', versions: 'klog v1, v2; glog 0.3–0.7' },
  sniff(head) {
    const part = share(head, (line) => LINE.test(line));
    return part === 0 ? (CREATED.test(head.text) ? 0.6 : 0) : 0.55 + 0.4 * part;
  },
  async read(file, sink) {
    let node: string | undefined;
    const grammar: Grammar = (text, _line, clock) => {
      const created = CREATED.exec(text);
      if (created) {
        // the log goes on after its creation, but seldom for longer than a year
        clock.header(Date.UTC(Number(created[1]) + 1, Number(created[2]) - 1, Number(created[3]) - 2), 'local');
        return null;
      }
      const machine = MACHINE.exec(text);
      if (machine) node = machine[1];
      if (machine || HEADER.test(text)) return null;
      const m = LINE.exec(text);
      if (!m) return undefined;
      const date = `${MONTHS[Number(m[3]) - 1] ?? 'x'} ${m[4]!}${m[2] === undefined ? '' : ` ${m[2]}`} ${m[5]!}`;
      const labels = { pid: m[6]!, source: m[7]!, ...(node === undefined ? {} : { node }) };
      return { stamp: stampAt(date, 0), message: text.slice(m[0].length), level: levelOfWord(m[1]!), labels };
    };
    await readLog(file, sink, grammar);
    sink.format('klog');
  },
};
