import { describe, expect, it } from 'vitest';
import { parseNotebook } from '../../src/notebook/parse.js';

describe('parseNotebook', () => {
  it('finds prose, sections, blocks and cells in their order, with lines', () => {
    const source =
      '# Title\n\nprose\n::: verdict\n\n:::: incidents\n::: timeline rows=3\ninner\n::::\n\n```inquest chart\nsignal: a\n```\n\n```js\n1 + 1\n```\nend';
    expect(parseNotebook(source)).toEqual([
      { kind: 'markdown', text: '# Title\n\nprose', line: 1 },
      { kind: 'section', name: 'verdict', options: {}, line: 4 },
      {
        kind: 'block',
        name: 'incidents',
        options: {},
        line: 6,
        body: [
          { kind: 'section', name: 'timeline', options: { rows: '3' }, line: 7 },
          { kind: 'markdown', text: 'inner', line: 8 },
        ],
      },
      { kind: 'cell', name: 'chart', options: { signal: 'a' }, line: 11 },
      { kind: 'javascript', code: '1 + 1\n', line: 15 },
      { kind: 'markdown', text: 'end', line: 18 },
    ]);
  });

  it('takes CRLF, other fences and directives within code as prose', () => {
    expect(parseNotebook('a\r\n::: verdict\r\nb')).toHaveLength(3);
    expect(parseNotebook('```sh\n::: verdict\n```')).toEqual([
      { kind: 'markdown', text: '```sh\n::: verdict\n```', line: 1 },
    ]);
    expect(parseNotebook('- a\n  ```js\n  1\n  ```')).toEqual([
      { kind: 'markdown', text: '- a\n  ```js\n  1\n  ```', line: 1 },
    ]);
    expect(parseNotebook('')).toEqual([]);
  });

  it.each([
    [':::: incidents\n::: verdict', /line 1: ":::: incidents" is never closed/],
    ['a\n\n::::', /line 3: "::::" closes nothing/],
    ['::: timeline rows', /line 1: expected name=value, found "rows"/],
    ['```inquest chart\n- a\n```', /line 1: expected options/],
    ['```inquest chart\na: [\n```', /line 1: /],
  ])('says where %j is wrong', (source, message) => {
    expect(() => parseNotebook(source)).toThrow(message);
  });

  it('an option named __proto__ is only a name', () => {
    const [segment] = parseNotebook('::: verdict __proto__=x');
    expect(Object.keys((segment as { options: object }).options)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});
