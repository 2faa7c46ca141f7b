import { lightTheme } from '../charts/theme.js';
import { conversionIn } from '../text/conversion.js';
import { escapeMarkdown, visible } from '../text/escape.js';
import { formatNumber } from '../text/quantity.js';
import type { Cell, Notebook, TableValue } from '../types/notebook.js';
import { Citations } from './cites.js';
import { standalone } from './standalone.js';
import { drawSvg } from './svg.js';

/** A text and the files that belong beside it. */
export interface Rendered {
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly content: string }[];
}

/**
 * The notebook as Markdown, its charts as SVG files beside it.
 * @param folder where the text expects the pictures, relative to itself
 */
export async function renderMarkdown(notebook: Notebook, folder = 'charts'): Promise<Rendered> {
  const files: { name: string; content: string }[] = [];
  const cites = new Citations();
  const parts: string[] = [];
  for (const cell of notebook.cells) parts.push(await renderCell(cell));
  return { text: `${parts.filter((part) => part !== '').join('\n\n')}\n`, files };

  async function renderCell(cell: Cell): Promise<string> {
    const marks = cell.cites === undefined || cell.cites.length === 0 ? '' : ` ${citeMarks(cites.cite(cell.cites))}`;
    switch (cell.type) {
      case 'markdown':
        return cell.text + marks;
      case 'table':
        return table(cell, cites);
      case 'chart': {
        const name = `${cell.id}.svg`;
        const drawing = await drawSvg(cell.spec, cell.alt);
        files.push({ name, content: standalone(drawing, lightTheme) });
        const caption =
          cell.caption === undefined || cell.caption === cell.alt ? '' : `\n\n*${escapeMarkdown(cell.caption)}*`;
        return `![${escapeMarkdown(cell.alt)}](${folder}/${name})${caption}${marks}`;
      }
      case 'command':
        return fence(cell.text);
      case 'chain':
        return cell.steps.map((step, i) => `${i + 1}. ${step}`).join('\n');
      case 'list':
        return cell.items.map((item) => `- ${escapeMarkdown(item)}`).join('\n');
      case 'sources':
        return table(
          {
            columns: cell.columns.map((title) => ({ title })),
            rows: cites.sources.map((source, i) => [
              { text: `[${i + 1}]` },
              { text: source.file, code: true },
              source.line ?? '',
              { text: source.name ?? '', code: true },
              conversionIn(notebook.language, source.conversion ?? ''),
            ]),
          },
          cites,
        );
      case 'details': {
        const inner: string[] = [];
        for (const child of cell.cells) inner.push(await renderCell(child));
        return [`### ${escapeMarkdown(cell.summary)}`, ...inner].join('\n\n');
      }
    }
  }
}

function citeMarks(numbers: readonly number[]): string {
  return (
    numbers
      .slice(0, 8)
      .map((n) => `<sup>[${n}]</sup>`)
      .join('') + (numbers.length > 8 ? '<sup>…</sup>' : '')
  );
}

function fence(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const mark = '`'.repeat(longest + 1);
  return `${mark}sh\n${text}\n${mark}`;
}

function table(cell: Pick<Extract<Cell, { type: 'table' }>, 'caption' | 'columns' | 'rows'>, cites: Citations): string {
  const head = `| ${cell.columns.map((column) => escapeMarkdown(column.title)).join(' | ')} |`;
  const align = `| ${cell.columns.map((column) => (column.align === 'right' ? '--:' : column.align === 'center' ? ':-:' : '---')).join(' | ')} |`;
  const rows = cell.rows.map((row) => `| ${row.map((value) => tableValue(value, cites)).join(' | ')} |`);
  const caption = cell.caption === undefined ? [] : [`**${escapeMarkdown(cell.caption)}**`, ''];
  return [...caption, head, align, ...rows].join('\n');
}

function tableValue(value: TableValue, cites: Citations): string {
  if (typeof value === 'number') return formatNumber(value, 15);
  if (typeof value === 'string') return escapeMarkdown(value);
  const text = value.code === true && value.text !== '' ? codeInTable(value.text) : escapeMarkdown(value.text);
  return value.cites === undefined || value.cites.length === 0 ? text : `${text} ${citeMarks(cites.cite(value.cites))}`;
}

/** A bar splits a table cell even within a code span, unless escaped; and an escaped one reads rightly there. */
function codeInTable(text: string): string {
  return `\`${visible(text).replaceAll('`', 'ˋ').replaceAll('|', '\\|')}\``;
}
