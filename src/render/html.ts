import { sha256 } from '@noble/hashes/sha2.js';
import MarkdownIt, { type MarkdownIt as Parser } from 'markdown-it';
import { conversionIn } from '../text/conversion.js';
import { escapeHtml, visible } from '../text/escape.js';
import { formatNumber } from '../text/quantity.js';
import type { Cell, LanguageId, Notebook, TableValue } from '../types/notebook.js';
import { Citations } from './cites.js';
import { script } from './html-script.js';
import { style } from './html-style.js';
import { drawSvg } from './svg.js';

/** Words of the page itself. */
export interface PageWords {
  readonly contents: string;
  readonly skip: string;
  readonly source: string;
  readonly scroll: string;
}

export interface HtmlOptions {
  readonly words: PageWords;
  /** No script at all. */
  readonly static?: boolean;
  /** Size to stay below, bytes; pictures for telephones are left out first. Default 10 MB. */
  readonly budget?: number;
}

const BUDGET = 10_000_000;
const MARKS = 6;

/**
 * The notebook as one HTML file that needs nothing else: no request is made, and the content-security policy in it
 * forbids any. Everything foreign is escaped; raw HTML and pictures in Markdown are not passed on.
 */
export async function renderHtml(notebook: Notebook, options: HtmlOptions): Promise<string> {
  const full = await page(notebook, options, true);
  return byteLength(full) <= (options.budget ?? BUDGET) ? full : page(notebook, options, false);
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

async function page(notebook: Notebook, options: HtmlOptions, narrow: boolean): Promise<string> {
  const writer = new Writer(options.words, notebook.language, narrow);
  const body = await writer.cells(notebook.cells);
  const { words } = options;
  const scripts = options.static === true ? '' : `<script>${script}</script>`;
  const allowed =
    options.static === true ? '' : `; script-src 'sha256-${base64(sha256(new TextEncoder().encode(script)))}'`;
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'${allowed}`;
  return `<!doctype html>
<html lang="${notebook.language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(visible(notebook.title))}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<a class="skip" href="#report">${escapeHtml(words.skip)}</a>
<div class="page">
${contents(notebook.cells, words)}
<main id="report">
${body}
</main>
</div>
${scripts}
</body>
</html>
`;
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function markdownToHtml(): Parser {
  const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
  // a picture would be a request
  markdown.disable('image');
  // a date is not broken at its hyphens
  markdown.renderer.rules['text'] = (tokens, i) =>
    escapeHtml(tokens[i]!.content).replace(/\b\d{4}-\d\d-\d\d\b/g, '<span class="short">$&</span>');
  return markdown;
}

function contents(cells: readonly Cell[], words: PageWords): string {
  const entries = cells.flatMap((cell) => {
    const found = cell.type === 'markdown' ? /^(#{1,2}) (.+)$/m.exec(cell.text) : null;
    if (found === null || (found[1] === '#' && cell.id === 'title')) return [];
    return [
      {
        id: cell.id,
        text: found[2]!.replace(/\\(.)/g, '$1').replace(/[*`]/g, ''),
        inner: found[1] === '##' && /^incident-\d+-/.test(cell.id),
      },
    ];
  });
  const items = entries.map(
    (entry) =>
      `<li${entry.inner ? ' class="inner"' : ''}><a href="#${escapeHtml(entry.id)}">${escapeHtml(entry.text)}</a></li>`,
  );
  return `<nav aria-label="${escapeHtml(words.contents)}"><h2>${escapeHtml(words.contents)}</h2><ul>${items.join('')}</ul></nav>`;
}

class Writer {
  readonly #words: PageWords;
  readonly #language: LanguageId;
  readonly #narrow: boolean;
  readonly #markdown = markdownToHtml();
  readonly #cites = new Citations();

  constructor(words: PageWords, language: LanguageId, narrow: boolean) {
    this.#words = words;
    this.#language = language;
    this.#narrow = narrow;
  }

  async cells(cells: readonly Cell[]): Promise<string> {
    const parts: string[] = [];
    for (const cell of cells) parts.push(await this.#cell(cell));
    return parts.join('\n');
  }

  async #cell(cell: Cell): Promise<string> {
    const id = escapeHtml(cell.id);
    switch (cell.type) {
      case 'markdown':
        return `<div id="${id}">${this.#withMarks(this.#markdown.render(cell.text), cell)}</div>`;
      case 'table':
        return this.#table(cell);
      case 'chart':
        return this.#chart(cell, id);
      case 'command':
        return `<pre id="${id}"><code>${escapeHtml(visibleLines(cell.text))}</code></pre>`;
      case 'chain':
        return `<ol class="chain" id="${id}">${cell.steps.map((step) => `<li>${this.#markdown.renderInline(step)}</li>`).join('')}</ol>`;
      case 'list':
        return `<ul class="columns" id="${id}">${cell.items.map((item) => `<li>${escapeHtml(visible(item))}</li>`).join('')}</ul>`;
      case 'sources':
        return this.#sources(cell);
      case 'details':
        return `<details id="${id}"><summary>${escapeHtml(cell.summary)}</summary>${await this.cells(cell.cells)}</details>`;
    }
  }

  async #chart(cell: Extract<Cell, { type: 'chart' }>, id: string): Promise<string> {
    const wide = await drawSvg(cell.spec, cell.alt);
    const narrow = this.#narrow && cell.narrow !== undefined ? await drawSvg(cell.narrow, cell.alt) : undefined;
    const pictures =
      narrow === undefined ? wide.svg : `<div class="wide">${wide.svg}</div><div class="narrow">${narrow.svg}</div>`;
    const marks = this.#marks(cell);
    const caption =
      cell.caption === undefined && marks === ''
        ? ''
        : `<figcaption>${escapeHtml(cell.caption ?? '')}${marks}</figcaption>`;
    return `<figure id="${id}">${pictures}${caption}</figure>`;
  }

  #table(cell: Extract<Cell, { type: 'table' }>): string {
    const facts = /verdict-facts/.test(cell.id);
    const caption =
      cell.caption === undefined ? '' : `<caption>${escapeHtml(cell.caption)}${this.#marks(cell)}</caption>`;
    const classOf = (i: number): string =>
      [
        cell.columns[i]?.align ?? '',
        cell.columns[i]?.unbroken === true || (cell.columns[i]?.align !== 'right' && isShort(cell, i)) ? 'short' : '',
      ]
        .filter((name) => name !== '')
        .join(' ');
    const head = cell.columns
      .map((column, i) => `<th scope="col"${attribute(classOf(i))}>${escapeHtml(column.title)}</th>`)
      .join('');
    const rows = cell.rows.map(
      (row) =>
        `<tr>${row.map((value, i) => (facts && i === 0 ? `<th scope="row">${escapeHtml(plainOf(value))}</th>` : this.#value(value, classOf(i)))).join('')}</tr>`,
    );
    const thead = facts ? '' : `<thead><tr>${head}</tr></thead>`;
    const label = escapeHtml(
      `${cell.caption ?? cell.columns.map((column) => column.title).join(', ')} (${this.#words.scroll})`,
    );
    return `<div class="scroll" id="${escapeHtml(cell.id)}" role="group" tabindex="0" aria-label="${label}"><table${facts ? ' class="facts"' : ''}>${caption}${thead}<tbody>${rows.join('\n')}</tbody></table></div>`;
  }

  #value(value: TableValue, align: string): string {
    if (typeof value !== 'object')
      return `<td${attribute(align)}>${escapeHtml(typeof value === 'number' ? formatNumber(value, 15) : value)}</td>`;
    const text = escapeHtml(visible(value.text, 2000));
    const inner = value.code === true && text !== '' ? `<code>${text}</code>` : text;
    return `<td${attribute([align, value.tone ?? ''].filter((name) => name !== '').join(' '))}>${inner}${this.#marks(value)}</td>`;
  }

  #sources(cell: Extract<Cell, { type: 'sources' }>): string {
    const head = cell.columns.map((title) => `<th scope="col">${escapeHtml(title)}</th>`).join('');
    const rows = this.#cites.sources.map(
      (source, i) =>
        `<tr id="source-${i + 1}"><td>${i + 1}</td><td><code>${escapeHtml(visible(source.file))}</code></td><td>${source.line ?? ''}</td><td><code>${escapeHtml(visible(source.name ?? ''))}</code></td><td>${escapeHtml(visible(conversionIn(this.#language, source.conversion ?? '')))}</td></tr>`,
    );
    const label = escapeHtml(`${this.#words.source} (${this.#words.scroll})`);
    return `<div class="scroll" id="${escapeHtml(cell.id)}" role="group" tabindex="0" aria-label="${label}"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
  }

  #marks(cited: { readonly cites?: Cell['cites'] }): string {
    if (cited.cites === undefined || cited.cites.length === 0) return '';
    const numbers = this.#cites.cite(cited.cites);
    const links = numbers
      .slice(0, MARKS)
      .map((n) => `<a href="#source-${n}" aria-label="${escapeHtml(this.#words.source)} ${n}">${n}</a>`);
    return `<sup class="cite">${links.join(' ')}${numbers.length > MARKS ? ' …' : ''}</sup>`;
  }

  /** Footnote marks at the end of the last paragraph. */
  #withMarks(html: string, cell: Cell): string {
    const marks = this.#marks(cell);
    if (marks === '') return html;
    const at = Math.max(html.lastIndexOf('</p>'), html.lastIndexOf('</li>'), html.lastIndexOf('</h3>'));
    return at < 0 ? html + marks : html.slice(0, at) + marks + html.slice(at);
  }
}

/** Cells of a column this wide (Chinese counts double) are never broken: a word in a column of its own letters is unreadable. */
const SHORT = 14;

function isShort({ columns, rows }: Extract<Cell, { type: 'table' }>, i: number): boolean {
  const texts = [columns[i]?.title ?? '', ...rows.map((row) => plainOf(row[i] ?? ''))];
  return texts.every((text) => Array.from(text).reduce((n, letter) => n + (letter > '\u2e80' ? 2 : 1), 0) <= SHORT);
}

function plainOf(value: TableValue): string {
  return typeof value === 'object' ? value.text : value.toString();
}

function attribute(name: string): string {
  return name === '' ? '' : ` class="${name}"`;
}

function visibleLines(text: string): string {
  return text
    .split('\n')
    .map((line) => visible(line, 20_000))
    .join('\n');
}
