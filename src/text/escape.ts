// brackets (and !) mean something only beside square ones, which are escaped; `1)` and `1.` begin a list only at the start
const SPECIAL = /[\\`*_[\]<>&|~#$]|(?<=^\s*\d{1,9})[.)](?=\s|$)/g;
// control characters, and the marks that turn the direction of text: neither may reach a reader from a foreign label

const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const MAX_CHARACTERS = 200;

/** Foreign text for showing: one line, no control or direction marks, at most 200 characters. */
export function visible(text: string, limit = MAX_CHARACTERS): string {
  const line = text.replace(/[\r\n\t]+/g, ' ').replace(UNSEEN, '\ufffd');
  return (line.length > limit ? `${line.slice(0, limit)}…` : line).replace(/\p{Surrogate}/gu, '\ufffd');
}

/** Foreign text as Markdown that reads exactly as the text does. */
export function escapeMarkdown(text: string): string {
  return visible(text).replace(SPECIAL, '\\$&');
}

/** Foreign text as a Markdown code span. */
export function codeSpan(text: string): string {
  const inner = visible(text);
  if (inner.trim() === '') return '` `';
  const longest = Math.max(0, ...(inner.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = inner.startsWith('`') || inner.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${inner}${pad}${fence}`;
}

/** Foreign text as HTML text or attribute value. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
