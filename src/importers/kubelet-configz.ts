import { asObject, get, jsonDocuments } from '../dump/json.js';
import type { Importer } from './importer.js';

/**
 * The kubelet's configuration in force, `kubectl get --raw /api/v1/nodes/‹node›/proxy/configz`:
 * `{"kubeletconfig":{"topologyManagerPolicy":"none","cpuManagerPolicy":"static",…}}`. Each plain setting is a fact
 * `kubelet.‹setting›`; nested ones are joined by dots.
 */
export const kubeletConfigz: Importer = {
  id: 'kubelet-configz',
  title: 'Kubelet configuration (configz)',
  format: {
    reference: 'https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/',
    versions: 'kubelet 1.10 and newer',
  },
  sniff(head) {
    return /^\s{0,20}\{\s{0,20}"kubeletconfig"\s{0,5}:\s{0,5}\{/.test(head.text) ? 0.98 : 0;
  },
  async read(file, sink) {
    sink.format('kubelet configz');
    for await (const { value, line } of jsonDocuments(file, sink)) {
      const put = (prefix: string, object: Readonly<Record<string, unknown>>, depth: number): void => {
        for (const [name, setting] of Object.entries(object)) {
          const nested = asObject(setting);
          if (nested && depth < 4) put(`${prefix}.${name}`, nested, depth + 1);
          else if (typeof setting === 'string' || typeof setting === 'number' || typeof setting === 'boolean') {
            sink.fact(`${prefix}.${name}`, setting, { line, labels: sink.context });
          }
        }
      };
      put('kubelet', asObject(get(value, 'kubeletconfig')) ?? {}, 0);
    }
  },
};
