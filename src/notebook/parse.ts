import MarkdownIt, { type MarkdownIt as Parser } from 'markdown-it';
import { parse as parseYaml } from 'yaml';
import { InquestError } from '../errors.js';

/** One piece of a notebook, in its order. */
export type Segment =
  | { readonly kind: 'markdown'; readonly text: string; readonly line: number }
  | {
      readonly kind: 'section';
      readonly name: string;
      readonly options: Readonly<Record<string, string>>;
      readonly line: number;
    }
  | {
      readonly kind: 'block';
      readonly name: string;
      readonly options: Readonly<Record<string, string>>;
      readonly body: readonly Segment[];
      readonly line: number;
    }
  /** ` ```inquest chart `: options in YAML. */
  | {
      readonly kind: 'cell';
      readonly name: string;
      readonly options: Readonly<Record<string, unknown>>;
      readonly line: number;
    }
  | { readonly kind: 'javascript'; readonly code: string; readonly line: number };

/**
 * A notebook's source as segments. Markdown-it finds the blocks, so a fence within a list or a quotation is prose.
 * @throws InquestError `BAD_NOTEBOOK` with the line of what cannot be read
 */
export function parseNotebook(source: string): Segment[] {
  const lines = source.replace(/\r\n?/g, '\n').split('\n');
  const markdown = new MarkdownIt({ html: false });
  directives(markdown);
  const open: { name: string; options: Record<string, string>; line: number; body: Segment[] }[] = [];
  const top: Segment[] = [];
  let covered = 0;
  const target = (): Segment[] => open.at(-1)?.body ?? top;
  const prose = (until: number): void => {
    const text = lines.slice(covered, until).join('\n').trim();
    if (text !== '') target().push({ kind: 'markdown', text, line: covered + 1 });
  };
  for (const token of markdown.parse(lines.join('\n'), {})) {
    if (token.level !== 0 || token.map === null || (token.type !== 'directive' && token.type !== 'fence')) continue;
    const [from, to] = token.map;
    const segment =
      token.type === 'fence'
        ? fenced(token.info, token.content, from + 1)
        : directive(token.info, token.markup.length, from + 1);
    if (segment === undefined) continue;
    prose(from);
    covered = to;
    if (segment === 'end') {
      const block = open.pop();
      if (block === undefined) throw new InquestError('BAD_NOTEBOOK', `line ${from + 1}: "::::" closes nothing`);
      target().push({ kind: 'block', ...block });
    } else if (segment.kind === 'block') open.push({ ...segment, options: { ...segment.options }, body: [] });
    else target().push(segment);
  }
  prose(lines.length);
  const unclosed = open.at(-1);
  if (unclosed !== undefined)
    throw new InquestError('BAD_NOTEBOOK', `line ${unclosed.line}: ":::: ${unclosed.name}" is never closed`);
  return top;
}

/** Teaches markdown-it the lines `::: section options` and `:::: block` … `::::`. */
function directives(markdown: Parser): void {
  markdown.block.ruler.before(
    'fence',
    'directive',
    (state, startLine, _endLine, silent) => {
      if (state.sCount[startLine]! - state.blkIndent >= 4) return false;
      const line = state.src.slice(state.bMarks[startLine]! + state.tShift[startLine]!, state.eMarks[startLine]);
      const found = /^(:{3,4})(?!:)([^\n]*)$/.exec(line);
      if (found === null) return false;
      if (silent) return true;
      const token = state.push('directive', '', 0);
      token.info = found[2]!.trim();
      token.markup = found[1]!;
      token.map = [startLine, startLine + 1];
      state.line = startLine + 1;
      return true;
    },
    { alt: ['paragraph', 'reference', 'blockquote', 'list'] },
  );
}

function directive(
  info: string,
  colons: number,
  line: number,
): Exclude<Segment, { kind: 'markdown' }> | 'end' | undefined {
  const [name = '', ...rest] = info.split(/[ \t]+/);
  if (name === '') return colons === 4 ? 'end' : undefined;
  const options = Object.create(null) as Record<string, string>;
  for (const option of rest) {
    const cut = option.indexOf('=');
    if (cut < 1)
      throw new InquestError('BAD_NOTEBOOK', `line ${line}: expected name=value, found "${option.slice(0, 80)}"`);
    options[option.slice(0, cut)] = option.slice(cut + 1);
  }
  return colons === 4 ? { kind: 'block', name, options, body: [], line } : { kind: 'section', name, options, line };
}

function fenced(info: string, content: string, line: number): Segment | undefined {
  const [language = '', name = ''] = info.trim().split(/[ \t]+/);
  if (language === 'js' || language === 'javascript') return { kind: 'javascript', code: content, line };
  if (language !== 'inquest') return undefined;
  let options: unknown;
  try {
    options = parseYaml(content, { maxAliasCount: 0 });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0]! : 'not YAML';
    throw new InquestError('BAD_NOTEBOOK', `line ${line}: ${reason}`);
  }
  if (options !== null && (typeof options !== 'object' || Array.isArray(options)))
    throw new InquestError('BAD_NOTEBOOK', `line ${line}: expected options as "name: value"`);
  return { kind: 'cell', name, options: (options ?? {}) as Record<string, unknown>, line };
}
