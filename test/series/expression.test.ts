import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExpression } from '../../src/series/expression.js';
import { parseFileName } from '../../src/series/file-name.js';

const cases: readonly [string, object | null][] = [
  ['x', { metric: 'x', scale: 1 }],
  ['kubeskoop_tcp_insegs{pod="a", node="n,1"}', { labels: { node: 'n,1', pod: 'a' } }],
  ['rate(x[60s])', { metric: 'x', rate: 60_000 }],
  ['rate(x{a="b",c!="d"}[$__rate_interval])', { metric: 'x', rate: 0, labels: { a: 'b' } }],
  ['irate(x[2m] offset 1h)', { rate: 120_000 }],
  ['increase(x[5m])', { rate: 300_000, increase: true }],
  ['sum by (pod) (rate(x[1m]))', { aggregate: 'sum', by: ['pod'], rate: 60_000 }],
  ['sum(rate(x[1m])) by (pod)', { aggregate: 'sum', by: ['pod'], rate: 60_000 }],
  [
    'avg by (mode) (rate(node_cpu_seconds_total[60s])) * 100{mode="idle"}',
    { metric: 'node_cpu_seconds_total', aggregate: 'avg', by: ['mode'], scale: 100, labels: { mode: 'idle' } },
  ],
  [
    'histogram_quantile(0.99, sum by (le, pod) (rate(x_bucket[60s])))',
    { metric: 'x_bucket', quantile: 0.99, rate: 60_000, by: ['le', 'pod'] },
  ],
  ['x / 1000', { scale: 0.001 }],
  ['100 * x', { scale: 100 }],
  ['-x', { scale: -1 }],
  ['x / 1024 / 1024 > 5', { scale: 1 / 1048576 }],
  ['topk(5, x)', { metric: 'x' }],
  ['rate(a_sum[1m]) / rate(a_count[1m])', { metric: 'a_sum', over: { metric: 'a_count', rate: 60_000 } }],
  ['x * on (pod) group_left (node) kube_pod_info', { metric: 'x', scale: 1 }],
  ['{__name__="x",pod="a"}', { metric: 'x', labels: { pod: 'a' } }],
  ['{"my.metric", pod="a"}', { metric: 'my.metric' }],
  ['{mode="idle"}', null],
  ['sensorReading {messageName="M165"}', { metric: 'sensorReading', labels: { messageName: 'M165' } }],
  ['net.out.value(device=eth0,host=ns3.ip-94,)', { metric: 'net.out.value', labels: { device: 'eth0', host: 'ns3.ip-94' } }],
  ['cpu.mean {host: web 1, cpu: cpu0}', { metric: 'cpu.mean', labels: { host: 'web 1', cpu: 'cpu0' } }],
  ['max_over_time(x[5m])', { smooth: 300_000 }],
  ['RX Queue', null],
  ['web-1', null],
  ['1 - x', null],
  ['', null],
  ['x{', null],
  ['x{a="b', null],
  ['(((((((x', null],
  ['unknown_function(x)', null],
  ['x{__proto__="y"}', { labels: JSON.parse('{"__proto__":"y"}') as object }],
]; // prettier-ignore

describe('parseExpression', () => {
  test.each(cases)('%s', (text, expected) => {
    const found = parseExpression(text);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatchObject(expected);
  });

  test('never throws, and ends', () => {
    const alphabet = [
      ...'abx_(){}[]"\\,=~!*/+-<>@$:. 0159'.split(''),
      'rate(',
      'sum by (',
      ' or ',
      '[1m]',
      'offset ',
      'histogram_quantile(',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...alphabet), { maxLength: 60 }), (parts) => {
        parseExpression(parts.join(''));
      }),
      { numRuns: 3000 },
    );
  });

  test('deep nesting is refused in linear time', () => {
    expect(parseExpression('('.repeat(16_000))).toBeNull();
    expect(parseExpression('sum('.repeat(4_000))).toBeNull();
  });

  test('a rendered selector reads back', () => {
    const name = fc
      .stringMatching(/^[a-z_][a-z0-9_]{0,10}$/)
      .filter((word) => !['or', 'and', 'unless', 'default', 'if', 'by', 'without'].includes(word));
    fc.assert(
      fc.property(name, fc.dictionary(name, fc.string()), (metric, labels) => {
        const text = `${metric}{${Object.entries(labels)
          .map(([k, v]) => `${k}="${v.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`)
          .join(',')}}`;
        const found = parseExpression(text);
        expect(found?.metric ?? labels['__name__']).toBeDefined();
        expect(Object.keys(found?.labels ?? {}).length).toBe(
          Object.keys(labels).filter((k) => k !== '__name__').length,
        );
      }),
    );
  });
});

describe('parseFileName', () => {
  test.each([
    ['metrics/rate_kubeskoop_tcp_insegs.json', { metric: 'kubeskoop_tcp_insegs', rate: 0 }],
    ['a.tgz!/p99_http_seconds.json.gz', { metric: 'http_seconds', quantile: 0.99 }],
    ['http_seconds_p999.csv', { metric: 'http_seconds', quantile: 0.999 }],
    ['CPU Basic-data-as-joinbyfield-2024-09-05 12_00_00.csv', { title: 'CPU Basic', layout: 'joinbyfield' }],
    ['RX Queue-data-2024-09-05_12_00_00.csv', { title: 'RX Queue' }],
    ['app-latency.csv', { title: 'app-latency' }],
  ])('%s', (path, expected) => {
    expect(parseFileName(path)).toMatchObject(expected);
  });
});
