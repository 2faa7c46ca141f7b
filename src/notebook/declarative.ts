import { InquestError } from '../errors.js';
import type { Incident } from '../types/diagnosis.js';
import type { Inquiry } from '../types/inquiry.js';
import type { Cell } from '../types/notebook.js';
import type { Labels } from '../types/series.js';
import type { Text } from '../text/text.js';
import type { Segment } from './parse.js';
import { timelineCell } from './parts/pictures.js';
import { tableCell } from './show.js';

interface Scene {
  readonly inquiry: Inquiry;
  readonly text: Text;
  readonly incident: Incident | undefined;
}

/**
 * The cells of a fenced ` ```inquest chart ` (options `signal`: id or list of ids; `title`; `height`) or
 * ` ```inquest table ` (`signal`, `labels`, `rows`).
 */
export function declarativeCell(segment: Extract<Segment, { kind: 'cell' }>, id: string, scene: Scene): Cell[] {
  if (segment.name === 'chart') return chart(segment, id, scene);
  if (segment.name === 'table') return table(segment, id, scene);
  throw new InquestError(
    'BAD_NOTEBOOK',
    `line ${segment.line}: expected "inquest chart" or "inquest table", found "inquest ${segment.name}"`,
  );
}

function signalsOf(segment: Extract<Segment, { kind: 'cell' }>): string[] {
  const { signal } = segment.options;
  const list = Array.isArray(signal) ? signal : [signal];
  if (list.length === 0 || !list.every((s): s is string => typeof s === 'string'))
    throw new InquestError('BAD_NOTEBOOK', `line ${segment.line}: expected "signal: id" or a list of ids`);
  return list;
}

function chart(segment: Extract<Segment, { kind: 'cell' }>, id: string, { inquiry, text, incident }: Scene): Cell[] {
  const { title, height } = segment.options;
  const signals = signalsOf(segment);
  const alt = typeof title === 'string' ? title : text.list(signals.map((s) => text.signal(s)));
  const current = incident ?? inquiry.diagnosis.incidents[0];
  const cell = timelineCell(
    id,
    signals,
    { inquiry, incident: current, text },
    {
      alt,
      caption: alt,
      ...(typeof height === 'number' ? { height: Math.max(20, Math.min(1000, height)) } : {}),
    },
  );
  return cell === undefined ? [] : [cell];
}

function table(segment: Extract<Segment, { kind: 'cell' }>, id: string, { inquiry }: Scene): Cell[] {
  const { labels, rows } = segment.options;
  const wanted = Object.create(null) as Record<string, string>;
  if (labels !== null && typeof labels === 'object')
    for (const [name, value] of Object.entries(labels)) wanted[name] = String(value);
  const limit = typeof rows === 'number' ? Math.max(1, Math.min(1000, rows)) : 50;
  return signalsOf(segment).map((signal, i) => tableCell(inquiry.table(signal, wanted as Labels), `${id}-${i}`, limit));
}
