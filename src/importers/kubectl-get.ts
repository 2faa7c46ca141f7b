import { LogWriter } from '../logs/writer.js';
import { sample } from '../logs/read.js';
import { plausible } from '../logs/clock.js';
import { wholeStamp } from '../logs/time.js';
import { age } from '../kubernetes/quantity.js';
import { objectLabels } from '../kubernetes/event.js';
import { writeRelative } from '../kubernetes/relative.js';
import { usage } from '../kubernetes/metrics.js';
import { tableOf, type Row, type Table } from '../kubernetes/table.js';
import type { Labels } from '../types/series.js';
import type { Milliseconds } from '../types/units.js';
import type { Importer, Sink } from './importer.js';

/** Where the reading stands: the time that ages count from, and where things go. */
interface State {
  readonly sink: Sink;
  readonly writer: LogWriter;
  time: Milliseconds | undefined;
}

type RowReader = (row: Row, line: number, state: State, columns: readonly string[]) => void;

/**
 * Tables of `kubectl get pods|nodes|events`, `kubectl events` and `kubectl top`, one or many in a file.
 *
 *     NAMESPACE   NAME    READY   STATUS    RESTARTS      AGE   IP          NODE     NOMINATED NODE   READINESS GATES
 *     shop        web-1   1/1     Running   3 (12m ago)   5d    10.0.0.9    n1       <none>           <none>
 *
 * Ages are relative to the moment of the command: a `date` line before the table tells it, else the time the file was
 * taken; without either, what has only an age becomes a fact and no event.
 */
export const kubectlGet: Importer = {
  id: 'kubectl-get',
  title: 'kubectl get / top tables',
  format: { reference: 'https://kubernetes.io/docs/reference/kubectl/', versions: 'kubectl 1.8–1.34, oc' },
  sniff(head) {
    for (const line of sample(head)) if (readerOf(tableOf(line))) return 0.97;
    return 0;
  },
  async read(file, sink) {
    const state: State = { sink, writer: new LogWriter(sink), time: sink.taken?.time };
    const titles = new Set<string>();
    let table: Table | undefined;
    let reader: RowReader | undefined;
    let rows = 0;
    let line = 0;
    for await (const text of file.lines()) {
      line++;
      if (text.trim() === '') continue;
      const header = tableOf(text);
      const next = readerOf(header);
      if (next) {
        [table, reader] = [header, next];
        titles.add(TITLES.get(next) ?? '');
        continue;
      }
      const stamp = wholeStamp(text);
      if (stamp) {
        if (plausible(stamp.time)) state.time = stamp.time;
      } else if (table && reader) {
        const row = table.row(text);
        // remarks between tables reach one column at most
        if (row(table.columns[1] ?? '') === '') continue;
        rows++;
        reader(row, line, state, table.columns);
      }
    }
    state.writer.finish();
    if (rows === 0) sink.problem('NO_ITEMS');
    sink.fact('kubectl.rows', rows, { unit: 'count' });
    sink.format([...titles].join(', '));
  },
};

function known(cell: string): string | undefined {
  return cell === '' || /^<(?:none|unknown|nil)>$/.test(cell) ? undefined : cell;
}

function podLabels(row: Row, column = 'NAME'): Labels {
  const namespace = known(row('NAMESPACE'));
  // `kubectl get all` writes pod/web-1
  return { ...(namespace === undefined ? {} : { namespace }), pod: row(column).replace(/^pods?\//, '') };
}

const pods: RowReader = (row, line, { sink, writer, time }) => {
  const labels = podLabels(row);
  const fact = (name: string, value: string | undefined): void => {
    if (value !== undefined) sink.fact(`kubernetes.pod.${name}`, value, { labels, line });
  };
  fact('status', known(row('STATUS')));
  fact('ready', known(row('READY')));
  fact('ip', known(row('IP')));
  fact('node', known(row('NODE')));
  const restarts = /^(\d{1,9})(?: \((\S{1,20}) ago\))?$/.exec(row('RESTARTS'));
  if (!restarts) return;
  sink.fact('kubernetes.pod.restarts', Number(restarts[1]), { labels, unit: 'count', line });
  if (restarts[2] === undefined) return;
  const node = known(row('NODE'));
  const when = time === undefined ? Number.NaN : time - age(restarts[2]);
  writer.write({
    time: Number.isNaN(when) ? undefined : when,
    line,
    kind: 'kubernetes.ContainerRestarted',
    message: `a container of ${labels['pod'] ?? ''} started again (${restarts[0]})`,
    level: 'warn',
    labels: node === undefined ? labels : { ...labels, node },
  });
};

const nodes: RowReader = (row, line, { sink }) => {
  const labels = { node: row('NAME').replace(/^nodes?\//, '') };
  for (const [column, name] of [
    ['STATUS', 'status'],
    ['VERSION', 'kubelet'],
    ['ROLES', 'roles'],
    ['INTERNAL-IP', 'ip'],
    ['OS-IMAGE', 'os'],
    ['KERNEL-VERSION', 'kernel'],
    ['CONTAINER-RUNTIME', 'container_runtime'],
  ] as const) {
    const value = known(row(column));
    if (value !== undefined) sink.fact(`kubernetes.node.${name}`, value, { labels, line });
  }
};

/** Columns in which `-o custom-columns` shows when an event was, by usual names. */
const WHEN = ['LAST SEEN', 'LASTSEEN', 'LAST', 'TIMESTAMP', 'TIME', 'LASTTIMESTAMP', 'LAST TIMESTAMP', 'EVENTTIME', 'FIRST SEEN', 'FIRSTTIMESTAMP', 'CREATED']; // prettier-ignore
const WHAT = ['OBJECT', 'INVOLVED OBJECT', 'INVOLVEDOBJECT', 'POD', 'NAME'];

const events: RowReader = (row, line, { writer, time }) => {
  const [kind, ...name] = known(row('KIND')) ? [row('KIND'), row('NAME')] : objectOf(row);
  const seen = WHEN.map((column) => row(column)).find((cell) => known(cell) !== undefined) ?? '';
  const labels = objectLabels(capitalised(kind ?? ''), name.join('/'), known(row('NAMESPACE')));
  const given = { reason: row('REASON'), type: row('TYPE'), message: row('MESSAGE'), first: row('FIRST SEEN') };
  const count = Number(row('COUNT') || Number.NaN);
  writeRelative(writer, { seen, ...given, labels, ...(count > 0 ? { count } : {}) }, time, line);
};

/** Reasons that the kubelet gives for pods only. */
const OF_PODS = /^(?:Unhealthy|ProbeWarning|Killing|BackOff|Pull(?:ing|ed)|Created|Started|Failed|Scheduled|FailedScheduling|FailedMount|FailedCreatePodSandBox|SandboxChanged|Evicted)$/; // prettier-ignore

/** Kind and name: of `pod/web-1`, or of a column that says which kind it names; a bare name may be of any kind. */
function objectOf(row: Row): string[] {
  const column = WHAT.find((one) => known(row(one)) !== undefined);
  const cell = column === undefined ? '' : row(column);
  if (cell.includes('/')) return cell.split('/');
  return [column === 'POD' || OF_PODS.test(row('REASON')) ? 'pod' : '', cell];
}

function capitalised(kind: string): string {
  return kind === 'pod' || kind === 'po' ? 'Pod' : kind === 'node' || kind === 'no' ? 'Node' : kind;
}

const top: RowReader = (row, line, { sink, time }) => {
  const cells = { cpu: row('CPU(cores)'), memory: row('MEMORY(bytes)') };
  if (row('POD') !== '')
    usage(sink, 'container', { ...podLabels(row, 'POD'), container: row('NAME') }, cells, time, line);
  else usage(sink, 'pod', podLabels(row), cells, time, line);
};

const topNodes: RowReader = (row, line, { sink, time }) => {
  const cells = { cpu: row('CPU(cores)'), memory: row('MEMORY(bytes)') };
  usage(sink, 'node', { node: row('NAME') }, cells, time, line);
};

/** Tables of other objects: each cell a fact, as it stands there. */
const others: RowReader = (row, line, { sink }, columns) => {
  const namespace = known(row('NAMESPACE'));
  const labels = { ...(namespace === undefined ? {} : { namespace }), object: row('NAME') };
  for (const column of columns) {
    const value = column === 'NAME' || column === 'NAMESPACE' || column === 'AGE' ? undefined : known(row(column));
    if (value !== undefined)
      sink.fact(`kubectl.${column.toLowerCase().replaceAll(/[^a-z0-9]{1,20}/g, '_')}`, value, { labels, line });
  }
};

const TITLES = new Map<RowReader, string>([
  [pods, 'kubectl get pods'],
  [nodes, 'kubectl get nodes'],
  [events, 'kubectl get events'],
  [top, 'kubectl top pods'],
  [topNodes, 'kubectl top nodes'],
  [others, 'kubectl get'],
]);

function readerOf(table: Table | undefined): RowReader | undefined {
  if (!table) return undefined;
  const has = (...columns: readonly string[]): boolean => columns.every((column) => table.columns.includes(column));
  if (has('CPU(cores)', 'CPU%')) return topNodes;
  if (has('CPU(cores)', 'MEMORY(bytes)')) return top;
  if (has('REASON', 'MESSAGE') && WHEN.some((column) => has(column))) return events;
  if (has('NAME', 'READY', 'STATUS', 'RESTARTS')) return pods;
  if (has('NAME', 'STATUS', 'ROLES', 'VERSION') || has('NAME', 'STATUS', 'AGE', 'VERSION')) return nodes;
  return has('NAME', 'AGE') ? others : undefined;
}
