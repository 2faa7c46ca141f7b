import { asObject, get, list, str } from '../dump/json.js';
import type { Sink } from '../importers/importer.js';
import type { LogWriter } from '../logs/writer.js';
import { word } from './event.js';
import { quantity } from './quantity.js';
import { apiTime } from './time.js';

const INFO = [
  ['kernelVersion', 'kernel'],
  ['osImage', 'os'],
  ['kubeletVersion', 'kubelet'],
  ['containerRuntimeVersion', 'container_runtime'],
  ['architecture', 'architecture'],
  ['bootID', 'boot_id'],
] as const;

/** A node: versions, sizes and conditions as facts; a condition that is not as it should be as event, at its change. */
export function readNode(object: unknown, line: number, sink: Sink, writer: LogWriter): void {
  const node = str(get(object, 'metadata', 'name'));
  if (node === undefined) return;
  const labels = { node };
  for (const [field, name] of INFO) {
    const value = str(get(object, 'status', 'nodeInfo', field));
    if (value !== undefined && value !== '') sink.fact(`kubernetes.node.${name}`, value, { labels, line });
  }
  for (const part of ['capacity', 'allocatable'] as const) {
    for (const [resource, text] of Object.entries(asObject(get(object, 'status', part)) ?? {})) {
      const value = quantity(str(text) ?? '');
      const unit = /memory|storage|hugepages/.test(resource) ? 'bytes' : 'count';
      if (Number.isFinite(value)) sink.fact(`kubernetes.node.${part}.${resource}`, value, { labels, unit, line });
    }
  }
  for (const condition of list(get(object, 'status', 'conditions'))) readCondition(condition, node, line, sink, writer);
}

function readCondition(condition: unknown, node: string, line: number, sink: Sink, writer: LogWriter): void {
  const type = word(get(condition, 'type'));
  const status = str(get(condition, 'status'));
  if (type === undefined || status === undefined) return;
  sink.fact(`kubernetes.node.condition.${type}`, status, { labels: { node }, line });
  // `Ready` is the one condition that should be true
  if (status === (type === 'Ready' ? 'True' : 'False')) return;
  const said = str(get(condition, 'message')) ?? '';
  writer.write({
    time: apiTime(get(condition, 'lastTransitionTime')),
    line,
    kind: `kubernetes.Node${type === 'Ready' ? 'NotReady' : type}`,
    message: `${type} is ${status}${said === '' ? '' : `: ${said}`}`,
    level: 'warn',
    labels: { node },
  });
}
