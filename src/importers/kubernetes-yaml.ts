import { parseAllDocuments } from 'yaml';
import { ObjectReader } from '../kubernetes/objects.js';
import type { Importer } from './importer.js';

const API = /^(?:- )?apiVersion: ?['"]?(?:v1|[a-z0-9.]{1,60}\/v\d\w{0,10})['"]?\s*$/m;
const KIND = /^(?: {0,2})kind: ?['"]?[A-Z]\w{0,60}['"]?\s*$/m;
/** Depth of aliases is limited by the library; size is limited here, as a document is held as a tree. */
const LIMIT = 32 * 1024 * 1024;

/**
 * Kubernetes API objects as YAML: `kubectl get … -o yaml`, and the files of must-gather and support bundles.
 */
export const kubernetesYaml: Importer = {
  id: 'kubernetes-yaml',
  title: 'Kubernetes objects (YAML)',
  format: { reference: 'https://kubernetes.io/docs/reference/kubernetes-api/', versions: 'as kubernetes-json' },
  sniff(head) {
    return API.test(head.text) && KIND.test(head.text) && !/^\s{0,20}[{[]/.test(head.text) ? 0.93 : 0;
  },
  async read(file, sink) {
    const reader = new ObjectReader(sink);
    let text: string;
    try {
      text = await file.text(LIMIT);
    } catch {
      sink.problem('TOO_LARGE', { limit: LIMIT / 1048576 });
      return;
    }
    try {
      for (const document of parseAllDocuments(text, { logLevel: 'silent', strict: false, uniqueKeys: false })) {
        const fault = document.errors[0];
        if (fault) sink.problem('BAD_YAML', { reason: fault.code }, fault.linePos?.[0].line);
        const value: unknown = document.toJS({ maxAliasCount: 100 });
        if (Array.isArray(value)) for (const object of value) reader.read(object, 1);
        else if (value !== null) reader.read(value, 1);
      }
    } catch (error) {
      // alias bombs and nesting beyond the stack
      sink.problem('BAD_YAML', { reason: error instanceof Error ? error.message : 'unreadable' });
    }
    reader.finish();
  },
};
