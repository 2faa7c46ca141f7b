import { runNotebook } from '../notebook/run.js';
import { postmortem } from '../notebook/templates/postmortem.js';
import { isRelative } from '../text/quantity.js';
import { createText, type Knowledge } from '../text/text.js';
import type { Inquiry } from '../types/inquiry.js';
import type { LanguageId } from '../types/notebook.js';
import { renderHtml } from './html.js';
import { renderJson } from './json.js';
import { renderMarkdown, type Rendered } from './markdown.js';

export type Format = 'html' | 'md' | 'json';

export interface RenderOptions {
  /** Default `html`. */
  readonly format?: Format;
  /** Default `en`. */
  readonly lang?: LanguageId;
  /** Source of a notebook of the reader's own; default the built-in postmortem. */
  readonly notebook?: string;
  /** Runs the `js` cells of `notebook`. */
  readonly javascript?: boolean;
  /** HTML without any script. */
  readonly static?: boolean;
  /** Markdown: where the text expects its pictures, relative to itself; default `charts`. */
  readonly folder?: string;
}

/** A report of an inquiry, with the files that belong beside it (Markdown's pictures; none for HTML and JSON). */
export async function renderWith(
  inquiry: Inquiry,
  knowledge: Knowledge,
  options: RenderOptions = {},
): Promise<Rendered> {
  const { format = 'html', lang = 'en' } = options;
  if (format === 'json') return { text: renderJson(inquiry.diagnosis), files: [] };
  const text = createText(lang, knowledge, isRelative(inquiry.diagnosis.span.to) ? 'relative' : 'utc');
  const run = { javascript: options.notebook !== undefined && options.javascript === true };
  const notebook = runNotebook(options.notebook ?? postmortem, inquiry, text, run);
  if (format === 'md') return renderMarkdown(notebook, options.folder);
  const words = {
    contents: text.plain('page.contents'),
    skip: text.plain('page.skip'),
    source: text.plain('page.sources'),
    scroll: text.plain('page.scroll'),
  };
  const html = await renderHtml(notebook, {
    words,
    ...(options.static === undefined ? {} : { static: options.static }),
  });
  return { text: html, files: [] };
}
