/**
 * A statement of the knowledge base as a sentence of its own: first letter large, full stop at the end. Names that are
 * spelt small (`numa_pages_migrated`) and Chinese stay as they are.
 */
export function asSentence(statement: string): string {
  const text = statement.trim();
  if (text === '') return '';
  const word = /^[\p{L}\p{N}_.]+/u.exec(text)?.[0] ?? '';
  const start = /[_.\d]/.test(word.replace(/\.$/, '')) ? text : text.charAt(0).toUpperCase() + text.slice(1);
  if (/[.!?。！？:：]$/.test(start)) return start;
  // a Chinese sentence may end in a Latin word or a quotation mark
  return start + (/[\u3000-\u9fff]/.test(start) ? '。' : '.');
}

/** The same for a heading: no full stop. */
export function asHeading(statement: string): string {
  return asSentence(statement).replace(/[.。]$/, '');
}
