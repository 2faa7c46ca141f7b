import { get, num, str } from '../dump/json.js';
import type { Sink } from '../importers/importer.js';
import type { LogWriter } from '../logs/writer.js';
import type { Labels } from '../types/series.js';
import type { Milliseconds } from '../types/units.js';
import { apiTime } from './time.js';

/** Labels of the object an event or a message speaks of. */
export function objectLabels(kind: string, name: string, namespace: string | undefined): Labels {
  return {
    object: `${kind}/${name}`,
    ...(namespace === undefined || namespace === '' ? {} : { namespace }),
    ...(kind === 'Pod' ? { pod: name } : {}),
    ...(kind === 'Node' ? { node: name } : {}),
  };
}

/**
 * A core/v1 or events.k8s.io/v1 event. An aggregated one stands for `count` occurrences between its first and last
 * time: it begins at the first and lasts until the last.
 */
export function readEvent(object: unknown, line: number, _sink: Sink, writer: LogWriter): void {
  const { time, duration } = span(object);
  const count = num(get(object, 'series', 'count') ?? get(object, 'count') ?? get(object, 'deprecatedCount'));
  const type = str(get(object, 'type'));
  writer.write({
    time,
    line,
    kind: `kubernetes.${word(get(object, 'reason')) ?? 'Event'}`,
    message: (str(get(object, 'note')) ?? str(get(object, 'message')) ?? '').trim(),
    level: type === 'Warning' ? 'warn' : 'info',
    labels: { ...labelsOf(object), ...(type === undefined ? {} : { type }) },
    ...(duration > 0 ? { duration } : {}),
    ...(Number.isFinite(count) && count > 0 ? { count } : {}),
  });
}

function span(object: unknown): { time: Milliseconds | undefined; duration: Milliseconds } {
  const first =
    apiTime(get(object, 'firstTimestamp')) ??
    apiTime(get(object, 'deprecatedFirstTimestamp')) ??
    apiTime(get(object, 'eventTime'));
  const last =
    apiTime(get(object, 'series', 'lastObservedTime')) ??
    apiTime(get(object, 'lastTimestamp')) ??
    apiTime(get(object, 'deprecatedLastTimestamp'));
  const time = first ?? last ?? apiTime(get(object, 'metadata', 'creationTimestamp'));
  return { time, duration: time !== undefined && last !== undefined ? Math.max(0, last - time) : 0 };
}

function labelsOf(object: unknown): Labels {
  const involved = get(object, 'involvedObject') ?? get(object, 'regarding');
  const host = str(get(object, 'source', 'host')) ?? str(get(object, 'deprecatedSource', 'host'));
  const container = /^spec\.(?:initC|c)ontainers\{(.{1,253})\}$/.exec(str(get(involved, 'fieldPath')) ?? '')?.[1];
  const component =
    str(get(object, 'reportingController')) ||
    str(get(object, 'source', 'component')) ||
    str(get(object, 'reportingComponent'));
  return {
    ...(host === undefined || host === '' ? {} : { node: host }),
    ...(component === undefined || component === '' ? {} : { component }),
    ...(container === undefined ? {} : { container }),
    ...objectLabels(
      str(get(involved, 'kind')) ?? '',
      str(get(involved, 'name')) ?? '',
      str(get(involved, 'namespace')),
    ),
  };
}

/** A reason is a CamelCase word; anything else would not do as part of an event's kind. */
export function word(value: unknown): string | undefined {
  const text = str(value);
  return text !== undefined && /^[A-Za-z0-9_.-]{1,128}$/.test(text) ? text : undefined;
}
