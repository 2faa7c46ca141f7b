import { describe, expect, it } from 'vitest';
import { OpenMetricsCheck } from '../../src/series/openmetrics-check.js';

function defects(text: string): string[] {
  const check = new OpenMetricsCheck();
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return [...lines.flatMap((line) => check.line(line)), ...check.end()];
}

const histogram = (...rows: readonly string[]): string => `# TYPE h histogram\n${rows.join('\n')}\n`;

describe('accepts', () => {
  it.each([
    '# TYPE a counter\n# HELP a what it is\na_total{x="1",y="}, # {"} 1 1.5\na_created{x="1",y="}, # {"} 1.5 1.5\n',
    '# TYPE a_seconds gauge\n# UNIT a_seconds seconds\na_seconds -1.5e-3\n',
    'plain 1\nother{a=""} NaN\n',
    histogram('h_bucket{le="0.5"} 1 # {trace="x"} 0.3 1.5', 'h_bucket{le="+Inf"} 2', 'h_count 2', 'h_sum 3'),
    histogram('h_bucket{le="-1"} 1', 'h_bucket{le="+Inf"} 2'),
    '# TYPE s summary\ns{quantile="0.5"} 1\ns_count 2\ns_sum 3\n',
    '# TYPE i info\ni_info{version="1"} 1\n',
    '# TYPE t stateset\nt{t="on"} 1\nt{t="off"} 0\n',
    '# TYPE g gaugehistogram\ng_bucket{le="+Inf"} 3\ng_gcount 3\ng_gsum -2\n'.replace('-2', '2'),
    '{"my.metric",a="b"} 1\n',
    'a{} 1\n',
    '',
  ])('%j', (text) => {
    expect(defects(`${text}# EOF\n`)).toEqual([]);
  });
});

describe('names the defect of', () => {
  it.each([
    ['a 1\n', '# EOF at the end'],
    ['a 1\n# EOF\nb 1\n', 'nothing behind # EOF'],
    ['a 1\n\n# EOF\n', 'no blank line'],
    ['a  1\n# EOF\n', 'a number as value'],
    ['a 1 \n# EOF\n', 'a number as timestamp'],
    ['a 0x1p3\n# EOF\n', 'a number as value'],
    ['a 1 NaN\n# EOF\n', 'a number as timestamp'],
    ['a{b="1",} 1\n# EOF\n', 'a label as name="value"'],
    ['a{b="1"c="2"} 1\n# EOF\n', '"," or "}" behind a label'],
    ['a{b="1",b="1"} 1\n# EOF\n', 'each label once'],
    ['a{b="1"}1\n# EOF\n', 'a blank before the value'],
    ['1a 1\n# EOF\n', 'a metric name'],
    ['# a\n# EOF\n', '# HELP, TYPE or UNIT with name and text'],
    ['# TYPE a whatever\n# EOF\n', 'a metric type'],
    ['# TYPE a gauge\n# TYPE a gauge\n# EOF\n', 'one TYPE for a metric'],
    ['# TYPE a gauge\na 1\n# HELP a late\n# EOF\n', 'metadata before the samples'],
    ['# UNIT a seconds\n# EOF\n', 'a unit that ends the name'],
    ['# TYPE a_x info\n# UNIT a_x x\n# EOF\n', 'no unit for type info'],
    ['# TYPE a counter\na_total -1\n# EOF\n', 'no negative counter'],
    ['# TYPE a counter\na_total NaN\n# EOF\n', 'no NaN in a counter'],
    ['# TYPE a gauge\na 1 # {x="1"} 1\n# EOF\n', 'exemplars at buckets and counters only'],
    ['# TYPE a counter\na_total 1 # {x="1"} z\n# EOF\n', 'one number as value of an exemplar'],
    [
      `# TYPE a counter\na_total 1 # {x="${'y'.repeat(128)}"} 1\n# EOF\n`,
      'at most 128 characters of labels in an exemplar',
    ],
    ['# TYPE s summary\ns 1\n# EOF\n', 'a label quantile from 0 to 1'],
    ['# TYPE s summary\ns{quantile="0.5"} -1\n# EOF\n', 'no negative quantile'],
    ['# TYPE t stateset\nt{t="on"} 2\n# EOF\n', '0 or 1 as state'],
    ['# TYPE t stateset\nt 1\n# EOF\n', 'the state as label'],
    ['# TYPE i info\ni_info 2\n# EOF\n', '1 as value of an info'],
    [`${histogram('h_bucket{le="+Inf"} 1.5')}# EOF\n`, 'a whole number as count'],
    [`${histogram('h_bucket 1')}# EOF\n`, 'a number as label le'],
    [`${histogram('h_bucket{le="1"} 1')}# EOF\n`, 'a bucket le="+Inf"'],
    [
      `${histogram('h_bucket{le="2"} 1', 'h_bucket{le="1"} 1', 'h_bucket{le="+Inf"} 1')}# EOF\n`,
      'buckets in rising order',
    ],
    [`${histogram('h_bucket{le="1"} 2', 'h_bucket{le="+Inf"} 1')}# EOF\n`, 'bucket counts that do not fall'],
    [`${histogram('h_bucket{le="+Inf"} 1', 'h_count 2', 'h_sum 1')}# EOF\n`, 'a count equal to the last bucket'],
    [`${histogram('h_bucket{le="+Inf"} 1', 'h_count 1')}# EOF\n`, 'a sum beside the count'],
    [`${histogram('h_bucket{le="+Inf"} 1', 'h_sum 1')}# EOF\n`, 'a count beside the sum'],
    [
      `${histogram('h_bucket{le="-1"} 0', 'h_bucket{le="+Inf"} 1', 'h_sum 1', 'h_count 1')}# EOF\n`,
      'no sum with negative buckets',
    ],
    ['# TYPE a gauge\na{x="1"} 1\na{x="2"} 1\na{x="1"} 2\n# EOF\n', 'samples of one metric together'],
    ['# TYPE a gauge\na 1 2\na 1 1\n# EOF\n', 'timestamps that do not fall'],
    ['# TYPE a gauge\na 1 2\na 1\n# EOF\n', 'timestamps at all samples of a metric or at none'],
    ['# TYPE a gauge\na 1\n# TYPE b gauge\nb 1\n# TYPE a gauge\n# EOF\n', 'all of a metric in one place'],
  ])('%j', (text, expected) => {
    expect(defects(text)).toContain(expected);
  });
});
