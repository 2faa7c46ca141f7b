import { causes as all } from '../causes/all.js';
import type { Cause, Expectation } from '../causes/cause.js';
import { InquestError } from '../errors.js';
import { createText, type Text } from '../text/text.js';
import type { LanguageId } from '../types/notebook.js';
import { pen, print, type Io } from './io.js';
import { nearest } from './nearest.js';
import { cells, columns } from './screen.js';

/** `inquest causes [ID]`: the knowledge base, or one cause explained. */
export async function causes(io: Io, id: string | undefined, flags: { readonly lang: LanguageId }): Promise<void> {
  const text = createText(flags.lang, { causes: all, readings: [] });
  const { bold } = pen(io);
  if (id === undefined) {
    const rows = all.map((cause) => [cause.id, text.cause(cause.id), String(cause.clues.length)]);
    await print(io, `${columns(['id', 'cause', 'clues'], rows, [2], bold).join('\n')}\n`);
    return;
  }
  const cause = all.find((one) => one.id === id);
  const near = nearest(id, all.map((one) => one.id)); // prettier-ignore
  if (cause === undefined)
    throw new InquestError(
      'BAD_OPTION',
      `no cause "${id.slice(0, 80)}"`,
      `${near === undefined ? '' : `nearest is "${near}"; `}"inquest causes" lists all`,
    );
  const width = Math.max(60, Math.min(110, io.stdout.columns ?? 100));
  await print(io, `${explain(cause, text, bold, width).join('\n')}\n`);
}

function explain(cause: Cause, text: Text, bold: (t: string) => string, width: number): string[] {
  const indent = (t: string): string[] => flow(t, width - 2).map((line) => `  ${line}`);
  const clues = cause.clues.map((clue) => [
    signed(clue.ifSeen),
    signed(clue.ifAbsent),
    text.clue(cause.id, clue.id),
    subject(clue.expect),
  ]);
  return [
    `${bold(text.cause(cause.id))}  ${cause.id}`,
    '',
    ...indent(text.mechanism(cause.id)),
    '',
    bold(text.plain('causes.chain')),
    ...indent(text.chain(cause.id).join(' → ')),
    '',
    `${bold(text.plain('causes.clues'))} ${text.plain('causes.weights')}`,
    ...columns(
      (['causes.ifSeen', 'causes.ifAbsent', 'causes.clue', 'causes.lookedFor'] as const).map((key) => text.plain(key)),
      clues,
      [0, 1],
      bold,
    ).map((line) => `  ${line}`),
    '',
    ...section(
      bold(text.plain('causes.rivals')),
      text
        .rivals(cause.id)
        .map((rival) => text.plain('losses.line', { file: text.cause(rival.cause), what: rival.tellApart })),
      indent,
    ),
    ...section(
      bold(text.plain('causes.confirm')),
      cause.next.flatMap((m) => [
        `${text.next(cause.id, m.id)?.why ?? m.why} → ${text.next(cause.id, m.id)?.expect ?? m.expect}`,
        `$ ${m.command}`,
      ]),
      indent,
    ),
    ...section(
      bold(text.plain('causes.remedies')),
      cause.remedies.flatMap((r) => [
        text.remedy(cause.id, r.id)?.do ?? r.do,
        `$ ${r.command}`,
        `✓ ${text.remedy(cause.id, r.id)?.verify ?? r.verify}`,
      ]),
      indent,
    ),
    ...section(
      bold(text.plain('causes.references')),
      cause.references.map((r) => (r.url === undefined ? r.title : `${r.title}, ${r.url}`)),
      indent,
    ),
  ].slice(0, -1);
}

function section(title: string, lines: readonly string[], indent: (t: string) => string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.flatMap(indent), ''];
}

function signed(weight: number): string {
  return weight > 0 ? `+${weight}` : String(weight).replace('-', '−');
}

function subject(expect: Expectation): string {
  switch (expect.kind) {
    case 'fact':
      return expect.fact;
    case 'event':
      return expect.event;
    case 'gap':
      return 'gap in all series of the node';
    case 'scope':
      return `scope ${expect.is}`;
    case 'reading':
      return `reading ${expect.reading}`;
    default:
      return `${expect.signal}${expect.kind === 'change' ? (expect.direction === 'up' ? ' ↑' : ' ↓') : expect.kind === 'flat' ? ' flat' : ` ${expect.kind}`}`;
  }
}

/** Text broken at blanks, and between wide characters. */
function flow(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<=\s)|(?<=[\u2e80-\u9fff，。；、])/u)) {
    if (cells(line) + cells(word.trimEnd()) > width && line !== '') {
      lines.push(line.trimEnd());
      line = '';
    }
    line += word;
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines;
}
