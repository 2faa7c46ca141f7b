import { get, jsonDocuments, list } from '../dump/json.js';
import { ObjectReader } from '../kubernetes/objects.js';
import type { Importer } from './importer.js';

const API = /"apiVersion"\s{0,5}:\s{0,5}"(?:v1|[a-z0-9.]{1,60}\/v\d\w{0,10})"/;
const KIND = /"kind"\s{0,5}:\s{0,5}"[A-Z]\w{0,60}"/;

/**
 * Kubernetes API objects as `kubectl get … -o json` and `kubectl cluster-info dump` print them: single objects, lists,
 * several documents in a row; `events.json`, `pods.json`, `nodes.json` of dumps.
 *
 *     {"apiVersion":"v1","kind":"List","items":[{"kind":"Event","reason":"Unhealthy","count":5,"firstTimestamp":…}]}
 *
 * Events are kept by the API server for one hour unless configured otherwise.
 */
export const kubernetesJson: Importer = {
  id: 'kubernetes-json',
  title: 'Kubernetes objects (JSON)',
  format: {
    reference: 'https://kubernetes.io/docs/reference/kubernetes-api/',
    versions: 'core/v1, events.k8s.io/v1, v1beta1, metrics.k8s.io',
  },
  sniff(head) {
    if (!/^\s{0,20}[{[]/.test(head.text)) return 0;
    const api = API.test(head.text);
    if (api && (KIND.test(head.text) || /"items"\s{0,5}:/.test(head.text))) return 0.95;
    return /"kind"\s{0,5}:\s{0,5}"\w{0,40}List"/.test(head.text) && /"items"\s{0,5}:/.test(head.text) ? 0.9 : 0;
  },
  async read(file, sink) {
    const reader = new ObjectReader(sink);
    for await (const { value, line } of jsonDocuments(file, sink)) {
      for (const object of Array.isArray(value) ? list(value) : [value]) reader.read(watched(object), line);
    }
    reader.finish();
  },
};

/** What `kubectl get --watch --output-watch-events` reports an event of: `{"type":"MODIFIED","object":{…}}`. */
function watched(value: unknown): unknown {
  const object = get(value, 'object');
  return get(value, 'kind') === undefined && get(object, 'kind') !== undefined ? object : value;
}
