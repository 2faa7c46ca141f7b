import { asObject, get, list, num, str } from '../dump/json.js';
import type { Sink } from '../importers/importer.js';
import type { LogWriter } from '../logs/writer.js';
import type { Labels } from '../types/series.js';
import { word } from './event.js';
import { quantity } from './quantity.js';
import { apiTime } from './time.js';

/** A pod: where it runs, its identity, limits and restarts as facts; ends of containers as events. */
export function readPod(object: unknown, line: number, sink: Sink, writer: LogWriter): void {
  const namespace = str(get(object, 'metadata', 'namespace'));
  const pod = str(get(object, 'metadata', 'name'));
  if (pod === undefined) return;
  const labels: Labels = { ...(namespace === undefined ? {} : { namespace }), pod };
  const fact = (name: string, value: unknown): void => {
    const text = str(value);
    if (text !== undefined && text !== '') sink.fact(`kubernetes.pod.${name}`, text, { labels, line });
  };
  fact('node', get(object, 'spec', 'nodeName'));
  fact('uid', get(object, 'metadata', 'uid'));
  fact('ip', get(object, 'status', 'podIP'));
  fact('host_ip', get(object, 'status', 'hostIP'));
  fact('phase', get(object, 'status', 'phase'));
  fact('qos', get(object, 'status', 'qosClass'));
  fact('owner', ownerOf(object));
  fact('started', get(object, 'status', 'startTime'));
  if (get(object, 'spec', 'hostNetwork') === true) sink.fact('kubernetes.pod.host_network', true, { labels, line });
  const node = str(get(object, 'spec', 'nodeName'));
  const placed: Labels = node === undefined ? labels : { ...labels, node };
  for (const container of list(get(object, 'spec', 'containers'))) readContainer(container, labels, line, sink);
  const statuses = [
    ...list(get(object, 'status', 'initContainerStatuses')),
    ...list(get(object, 'status', 'containerStatuses')),
  ];
  for (const status of statuses) readStatus(status, placed, labels, line, sink, writer);
}

/** The controlling owner of an object, `ReplicaSet/web-7d9f8c6b5d`; the first one where none is marked. */
export function ownerOf(object: unknown): string | undefined {
  const owners = list(get(object, 'metadata', 'ownerReferences'));
  const owner = owners.find((one) => get(one, 'controller') === true) ?? owners[0];
  const kind = str(get(owner, 'kind'));
  const name = str(get(owner, 'name'));
  return kind === undefined || name === undefined ? undefined : `${kind}/${name}`;
}

/** Limits and requests of a container, in cores and bytes. */
function readContainer(container: unknown, pod: Labels, line: number, sink: Sink): void {
  const name = str(get(container, 'name'));
  if (name === undefined) return;
  const labels = { ...pod, container: name };
  for (const [field, word] of [
    ['limits', 'limit'],
    ['requests', 'request'],
  ] as const) {
    const resources = asObject(get(container, 'resources', field)) ?? {};
    for (const [resource, unit] of [
      ['cpu', 'count'],
      ['memory', 'bytes'],
    ] as const) {
      const value = quantity(str(get(resources, resource)) ?? '');
      if (Number.isFinite(value)) sink.fact(`kubernetes.container.${resource}_${word}`, value, { labels, unit, line });
    }
  }
}

function readStatus(status: unknown, placed: Labels, pod: Labels, line: number, sink: Sink, writer: LogWriter): void {
  const name = str(get(status, 'name'));
  if (name === undefined) return;
  const labels = { ...pod, container: name };
  const restarts = num(get(status, 'restartCount'));
  if (Number.isFinite(restarts)) sink.fact('kubernetes.container.restarts', restarts, { labels, unit: 'count', line });
  const id = str(get(status, 'containerID'));
  if (id !== undefined && id !== '')
    sink.fact('kubernetes.container.id', id.replace(/^\w{1,30}:\/\//, ''), { labels, line });
  const waiting = str(get(status, 'state', 'waiting', 'reason'));
  if (waiting !== undefined) sink.fact('kubernetes.container.waiting', waiting, { labels, line });
  const where = { ...placed, container: name };
  for (const state of ['lastState', 'state']) readEnd(get(status, state, 'terminated'), where, line, writer);
  const started = apiTime(get(status, 'state', 'running', 'startedAt'));
  if (started !== undefined && restarts > 0) {
    const message = `container ${name} started again (restart ${restarts})`;
    writer.write({ time: started, line, kind: 'kubernetes.ContainerRestarted', message, level: 'warn', labels: where });
  }
}

/** A container that ended: `kubernetes.OOMKilled`, `kubernetes.Error`, `kubernetes.Completed` … at its end. */
function readEnd(terminated: unknown, labels: Labels, line: number, writer: LogWriter): void {
  if (asObject(terminated) === undefined) return;
  const reason = word(get(terminated, 'reason')) ?? 'Terminated';
  const code = str(get(terminated, 'exitCode'));
  const said = str(get(terminated, 'message'));
  writer.write({
    time: apiTime(get(terminated, 'finishedAt')),
    line,
    kind: `kubernetes.${reason}`,
    message: `${reason}, exit code ${code ?? 'unknown'}${said === undefined ? '' : `: ${said}`}`,
    level: reason === 'Completed' ? 'info' : 'error',
    labels,
  });
}
