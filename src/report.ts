import { causes } from './causes/all.js';
import { readingRules } from './readings/all.js';
import type { Rendered } from './render/markdown.js';
import { renderWith, type RenderOptions } from './render/notebook.js';
import type { Inquiry } from './types/inquiry.js';

/**
 * A notebook over an inquiry, with the files that belong beside it: the pictures of Markdown, nothing for HTML and JSON.
 * Same inquiry, same options, same bytes.
 * @throws InquestError `BAD_NOTEBOOK` when `options.notebook` cannot be run
 * @example
 * const { text, files } = await renderReport(inquiry, { format: 'md', folder: 'charts' });
 * // write `text` to report.md, and every file's `content` to charts/ under its `name`
 */
export function renderReport(inquiry: Inquiry, options: RenderOptions = {}): Promise<Rendered> {
  return renderWith(inquiry, { causes, readings: readingRules }, options);
}

/**
 * A notebook over an inquiry as one text: the built-in postmortem unless `options.notebook` gives another.
 * @example
 * const html = await renderNotebook(inquiry, { format: 'html', lang: 'zh' });
 */
export async function renderNotebook(inquiry: Inquiry, options: RenderOptions = {}): Promise<string> {
  return (await renderReport(inquiry, options)).text;
}
