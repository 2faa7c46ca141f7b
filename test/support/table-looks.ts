/** Contents that are no tables of samples: every importer of tables leaves them alone. */
export const tableLooks: Readonly<Record<string, string>> = {
  prose: 'Dear colleague,\n\nthe pods are slow, please look, thank you.\n',
  json: '{"status":"success","data":{"resultType":"matrix","result":[]}}',
  'a log': '2024-05-06 10:00:00,123 INFO main - started, ready\n2024-05-06 10:00:01,456 WARN main - slow\n',
  'a table without times': 'name,city\nAnna,Berlin\nBo,Oslo\n',
  'proc net dev': 'Inter-|   Receive                                                |  Transmit\n face |bytes    packets\n    lo:  100 1\n', // prettier-ignore
};
