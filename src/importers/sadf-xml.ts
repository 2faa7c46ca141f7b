import { XMLParser } from 'fast-xml-parser';
import type { Importer } from './importer.js';
import { pushHosts } from './tools/sysstat-document.js';
import { isTree, listOf } from './tools/sysstat-tree.js';

/**
 * `sadf -x`: sar's records as XML, the same tables as in JSON with attributes for values.
 *
 * ```
 * <sysstat><host nodename="node1"><statistics>
 *   <timestamp date="2024-05-06" time="10:10:01" utc="1" interval="600">
 *     <cpu-load><cpu number="all" user="2.15" system="2.36" iowait="0.12" idle="82.88"/></cpu-load>
 *   </timestamp></statistics></host></sysstat>
 * ```
 * Entities are not expanded and nothing is loaded from the document type's address.
 */
export const sadfXml: Importer = {
  id: 'sadf-xml',
  title: 'sadf XML',
  format: { reference: 'https://github.com/sysstat/sysstat/blob/master/xml_stats.c', versions: 'sysstat 7 to 12' },
  sniff({ text }) {
    const start = text.slice(0, 2000);
    return /<sysstat[\s>]/.test(start) ? 0.98 : 0;
  },
  async read(file, sink) {
    let root: unknown;
    try {
      const parser = new XMLParser({
        ignoreAttributes: false,
        attributeNamePrefix: '',
        parseTagValue: false,
        parseAttributeValue: false,
        processEntities: false,
      });
      root = parser.parse(await file.text());
    } catch (error) {
      sink.problem('UNREADABLE', { reason: error instanceof Error ? error.message : 'not XML' });
      return;
    }
    const sysstat = isTree(root) ? root['sysstat'] : undefined;
    pushHosts(sink, isTree(sysstat) ? listOf(sysstat['host']) : [], 'sadf XML');
  },
};
