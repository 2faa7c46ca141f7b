import { get, list, str } from '../dump/json.js';
import type { Sink } from '../importers/importer.js';
import { LogWriter } from '../logs/writer.js';
import { readEvent } from './event.js';
import { readMetrics } from './metrics.js';
import { readNode } from './node.js';
import { ownerOf, readPod } from './pod.js';

type Reader = (object: unknown, line: number, sink: Sink, writer: LogWriter) => void;

const READERS = new Map<string, Reader>([
  ['Event', readEvent],
  ['Pod', readPod],
  ['Node', readNode],
  ['ReplicaSet', readOwned],
  ['Job', readOwned],
  ['ReplicationController', readOwned],
  ['PodMetrics', readMetrics],
  ['NodeMetrics', readMetrics],
]);

/** An object between a pod and its workload: whom it belongs to. */
function readOwned(object: unknown, line: number, sink: Sink): void {
  const name = str(get(object, 'metadata', 'name'));
  const kind = str(get(object, 'kind'));
  const owner = ownerOf(object);
  if (name === undefined || kind === undefined || owner === undefined) return;
  const namespace = str(get(object, 'metadata', 'namespace'));
  const labels = { kind, object: name, ...(namespace === undefined ? {} : { namespace }) };
  sink.fact('kubernetes.owner', owner, { labels, line });
}

/**
 * Puts Kubernetes API objects into the sink, single ones and lists of any mixture: events become events; pods and
 * nodes facts, and events where a container ended; the rest is counted. Call `finish` at the end.
 */
export class ObjectReader {
  readonly #sink: Sink;
  readonly #writer: LogWriter;
  readonly #kinds = new Map<string, number>();
  #lists = 0;

  constructor(sink: Sink) {
    this.#sink = sink;
    this.#writer = new LogWriter(sink);
  }

  read(object: unknown, line: number): void {
    const kind = str(get(object, 'kind')) ?? '';
    const items = get(object, 'items');
    if (items === undefined && !kind.endsWith('List')) {
      this.#readItem(object, kind, line);
      return;
    }
    this.#lists++;
    if (list(items).length === 0) this.#sink.problem('NO_ITEMS', {}, line);
    // items of an `EventList` do not repeat their kind
    for (const item of list(items)) this.#readItem(item, str(get(item, 'kind')) ?? kind.replace(/List$/, ''), line);
  }

  #readItem(item: unknown, kind: string, line: number): void {
    if (typeof item !== 'object' || item === null) return;
    this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1);
    READERS.get(kind)?.(item, line, this.#sink, this.#writer);
  }

  finish(): void {
    this.#writer.finish();
    for (const [kind, count] of this.#kinds)
      this.#sink.fact('kubernetes.objects', count, { labels: { kind }, unit: 'count' });
    if (this.#kinds.size === 0) this.#sink.fact('kubernetes.objects', 0, { unit: 'count' });
    const kinds = [...this.#kinds.keys()].slice(0, 5).join(', ');
    this.#sink.format(`${this.#lists > 0 ? 'list of ' : ''}${kinds === '' ? 'no objects' : kinds}`);
  }
}
