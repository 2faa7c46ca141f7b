import { objectLabels, word } from '../kubernetes/event.js';
import { age, quantity } from '../kubernetes/quantity.js';
import { writeRelative } from '../kubernetes/relative.js';
import { apiTime } from '../kubernetes/time.js';
import { LogWriter } from '../logs/writer.js';
import type { Labels } from '../types/series.js';
import type { Importer, Sink } from './importer.js';

const FIELD = /^( {0,16})([A-Z][\w /()-]{0,60}|[\w.-]{1,253}):(?:\s{1,40}(\S.{0,4000}))?$/;
const CELL = /\S+(?: \S+)*/g;
const POD_FIELDS = new Map([
  ['Status', 'phase'],
  ['IP', 'ip'],
  ['QoS Class', 'qos'],
  ['Start Time', 'started'],
  ['Controlled By', 'owner'],
]);
const NODE_FIELDS = new Map([
  ['Kernel Version', 'kernel'],
  ['OS Image', 'os'],
  ['Kubelet Version', 'kubelet'],
  ['Container Runtime Version', 'container_runtime'],
]);

/**
 * `kubectl describe pod|node`: the same facts as from JSON, the end of a container (`Last State`) as event, and the
 * events table, whose ages count from the moment of the command.
 */
export const kubectlDescribe: Importer = {
  id: 'kubectl-describe',
  title: 'kubectl describe',
  format: {
    reference: 'https://kubernetes.io/docs/reference/kubectl/generated/kubectl_describe/',
    versions: 'kubectl 1.8–1.34, oc',
  },
  sniff(head) {
    const name = /^Name: {2,40}\S/m.test(head.text);
    const pod = /^Namespace: {2,40}\S/m.test(head.text) && /^(?:Node|Containers|Labels|Annotations):/m.test(head.text);
    const node = /^Roles: {2,40}\S/m.test(head.text) && /^(?:Conditions|System Info|Allocatable):/m.test(head.text);
    return name && (pod || node) ? 0.9 : 0;
  },
  async read(file, sink) {
    const reader = new DescribeReader(sink);
    let line = 0;
    for await (const text of file.lines()) reader.line(text, ++line);
    reader.finish();
  },
};

class DescribeReader {
  readonly #sink: Sink;
  readonly #writer: LogWriter;
  #name = '';
  #namespace: string | undefined;
  #node: string | undefined;
  #isNode = false;
  /** Neither pod nor node: deployments, services, claims. */
  #isOther = false;
  /**
   * When the pod was placed on its node: with the age of its `Scheduled` event it tells when the command ran, more surely
   * than any time of the file.
   */
  #start: number | undefined;
  #now: number | undefined;
  /** Heading at indent 0 whose block is being read. */
  #section = '';
  #container: { name: string; line: number; fields: Map<string, string> } | undefined;
  /** Heading inside a container: `Last State`, `Limits`. */
  #part = '';
  #columns: { starts: number[]; names: string[] } | undefined;

  constructor(sink: Sink) {
    this.#sink = sink;
    this.#writer = new LogWriter(sink);
    this.#now = sink.taken?.time;
  }

  line(text: string, line: number): void {
    const field = FIELD.exec(text);
    const indent = text.length - text.trimStart().length;
    // known fields are facts, the rest is described and not measured
    if (field) this.#sink.passed(line);
    if (field && indent === 0) {
      this.#heading(field[2]!, field[3]?.trim() ?? '', line);
      return;
    }
    if (this.#section === 'Events') this.#eventRow(text, line);
    else if (this.#isNode) this.#nodeLine(text, field, line);
    else if (field && (this.#section === 'Containers' || this.#section === 'Init Containers')) {
      this.#containerLine(indent, field[2]!, field[3]?.trim() ?? '', line);
    }
  }

  finish(): void {
    this.#endContainer();
    this.#writer.finish();
    this.#sink.format(`kubectl describe ${this.#isNode ? 'node' : 'pod'}`);
  }

  #labels(): Labels {
    if (this.#isNode) return { node: this.#name };
    const namespace = this.#namespace === undefined ? {} : { namespace: this.#namespace };
    return this.#isOther ? { ...namespace, object: this.#name } : { ...namespace, pod: this.#name };
  }

  #heading(key: string, value: string, line: number): void {
    this.#endContainer();
    this.#section = key;
    this.#columns = undefined;
    if (key === 'Name') {
      this.#name = value;
      this.#namespace = undefined;
      this.#node = undefined;
      this.#isNode = false;
      this.#isOther = false;
    } else if (key === 'Namespace') this.#namespace = value;
    else if (key === 'CreationTimestamp' || key === 'Selector') this.#isOther = !this.#isNode;
    else if (key === 'Roles') this.#isNode = true;
    else if (key === 'Node' && value !== '<none>') {
      this.#node = value.split('/')[0]!;
      this.#sink.fact('kubernetes.pod.node', this.#node, { labels: this.#labels(), line });
    } else {
      if (key === 'Start Time') this.#start = apiTime(value);
      const name = this.#isNode || this.#isOther ? undefined : POD_FIELDS.get(key);
      if (name !== undefined && value !== '')
        this.#sink.fact(`kubernetes.pod.${name}`, value, { labels: this.#labels(), line });
    }
  }

  #containerLine(indent: number, key: string, value: string, line: number): void {
    if (indent === 2 && value === '') {
      this.#endContainer();
      this.#container = { name: key, line, fields: new Map() };
    } else if (indent === 4) {
      this.#part = key;
      if (value !== '') this.#container?.fields.set(key, value);
    } else if (indent > 4 && value !== '') this.#container?.fields.set(`${this.#part}/${key}`, value);
  }

  #endContainer(): void {
    const container = this.#container;
    this.#container = undefined;
    if (!container) return;
    const { fields, line, name } = container;
    const labels = { ...this.#labels(), container: name };
    const restarts = Number(fields.get('Restart Count'));
    if (restarts >= 0) this.#sink.fact('kubernetes.container.restarts', restarts, { labels, unit: 'count', line });
    for (const [path, fact, unit] of [
      ['Limits/cpu', 'cpu_limit', 'count'],
      ['Limits/memory', 'memory_limit', 'bytes'],
      ['Requests/cpu', 'cpu_request', 'count'],
      ['Requests/memory', 'memory_request', 'bytes'],
    ] as const) {
      const value = quantity(fields.get(path) ?? '');
      if (Number.isFinite(value)) this.#sink.fact(`kubernetes.container.${fact}`, value, { labels, unit, line });
    }
    for (const state of ['Last State', 'State']) {
      if (fields.get(state) !== 'Terminated') continue;
      const reason = word(fields.get(`${state}/Reason`)) ?? 'Terminated';
      this.#writer.write({
        time: apiTime(fields.get(`${state}/Finished`)),
        line,
        kind: `kubernetes.${reason}`,
        message: `${reason}, exit code ${fields.get(`${state}/Exit Code`) ?? 'unknown'}`,
        level: reason === 'Completed' ? 'info' : 'error',
        labels: this.#node === undefined ? labels : { ...labels, node: this.#node },
      });
    }
  }

  #nodeLine(text: string, field: RegExpExecArray | null, line: number): void {
    const labels = { node: this.#name };
    if (this.#section === 'Conditions') {
      const condition = /^ {2}([A-Z]\w{2,60}) +(True|False|Unknown) /.exec(text);
      if (condition) this.#sink.fact(`kubernetes.node.condition.${condition[1]!}`, condition[2]!, { labels, line });
      return;
    }
    if (!field) return;
    const value = field[3]?.trim() ?? '';
    if (this.#section === 'Capacity' || this.#section === 'Allocatable') {
      const number = quantity(value);
      const unit = /memory|storage|hugepages/.test(field[2]!) ? 'bytes' : 'count';
      const name = `kubernetes.node.${this.#section.toLowerCase()}.${field[2]!}`;
      if (Number.isFinite(number)) this.#sink.fact(name, number, { labels, unit, line });
    }
    const name = this.#section === 'System Info' ? NODE_FIELDS.get(field[2]!) : undefined;
    if (name !== undefined && value !== '') this.#sink.fact(`kubernetes.node.${name}`, value, { labels, line });
  }

  #eventRow(text: string, line: number): void {
    if (/^ {1,8}Type {2,40}Reason {2,40}Age /.test(text)) {
      const cells = [...text.slice(0, 400).matchAll(CELL)];
      this.#columns = { names: cells.map((cell) => cell[0]), starts: cells.map((cell) => cell.index) };
      return;
    }
    const columns = this.#columns;
    if (!columns || text.trim() === '' || /^[\s-]{4,400}$/.test(text)) return;
    const cell = (name: string): string => {
      const i = columns.names.indexOf(name);
      return i < 0 ? '' : text.slice(columns.starts[i], columns.starts[i + 1]).trim();
    };
    const labels = {
      ...(this.#isOther ? this.#labels() : objectLabels(this.#isNode ? 'Node' : 'Pod', this.#name, this.#namespace)),
      ...(this.#node === undefined ? {} : { node: this.#node }),
      component: cell('From'),
    };
    const event = { seen: cell('Age'), reason: cell('Reason'), type: cell('Type'), message: cell('Message'), labels };
    const since = age(event.seen);
    if (event.reason === 'Scheduled' && this.#start !== undefined && since >= 0) this.#now = this.#start + since;
    writeRelative(this.#writer, event, this.#now, line);
  }
}
