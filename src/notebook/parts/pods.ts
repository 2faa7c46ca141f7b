import { codeSpan, visible } from '../../text/escape.js';
import type { Text } from '../../text/text.js';
import type { PodRef } from '../../types/diagnosis.js';
import type { Labels } from '../../types/series.js';

/** Pods in one sentence as Markdown, at most `limit` by name. */
export function podNames(pods: readonly PodRef[], text: Text, limit: number): string {
  const names = pods.slice(0, limit).map((pod) => codeSpan(pod.pod ?? pod.node ?? '?'));
  if (pods.length > limit) names.push(text.t('list.more', { n: pods.length - limit }));
  return text.list(names);
}

const ENTITY = ['node', 'namespace', 'pod', 'container', 'process', 'pid', 'tid', 'device', 'service'];

/** Labels that a pod's name makes needless. */
const KNOWN_BY_POD = ['node', 'namespace', 'pod', 'container', 'pid', 'family'];

/** Labels for a table: the entity first, `pod a · eth0`; empty for none. */
export function entity(labels: Labels, limit = 80): string {
  if (labels['pod'] !== undefined) {
    const rest = Object.entries(labels).filter(([name]) => !KNOWN_BY_POD.includes(name));
    return visible([labels['pod'], ...rest.slice(0, 1).map(([name, value]) => `${name}=${value}`)].join(' · '), limit);
  }
  const parts = Object.entries(labels)
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([name, value]) => (name === 'node' ? value : `${name}=${value}`));
  return visible(parts.slice(0, 3).join(' · '), limit);
}

function rank(name: string): number {
  const at = ENTITY.indexOf(name);
  return at < 0 ? ENTITY.length : at;
}
