import type { Importer } from '../importers/importer.js';
import type { Head } from '../types/dump.js';
import type { Ratio } from '../types/units.js';

/** How well one importer fits a file. */
export interface Match {
  readonly importer: Importer;
  readonly score: Ratio;
}

/** Lowest score with which an importer gets a file. */
export const CLAIM = 0.3;

/** Every importer that sees anything in the file, best first; ties by id, so that the order never matters. */
export function sniff(head: Head, importers: readonly Importer[]): Match[] {
  const matches: Match[] = [];
  for (const importer of importers) {
    const score = scoreOf(importer, head);
    if (score > 0) matches.push({ importer, score });
  }
  return matches.sort((a, b) => b.score - a.score || (a.importer.id < b.importer.id ? -1 : 1));
}

function scoreOf(importer: Importer, head: Head): Ratio {
  try {
    const score = importer.sniff(head);
    return Number.isFinite(score) ? Math.min(1, score) : 0;
  } catch {
    // a sniffer that fails on foreign input has not recognised it
    return 0;
  }
}

/**
 * Recognition for many like files: 20,000 snapshots of 50 kinds are not asked of 100 importers each. A file whose path
 * and beginning have the shape of an earlier one goes to the same importer if that gives it the same score as before.
 */
export class Recogniser {
  readonly #importers: readonly Importer[];
  readonly #known = new Map<string, Match>();

  constructor(importers: readonly Importer[]) {
    this.#importers = importers;
  }

  /** Best first; at most one entry when the shape was seen before. */
  matches(head: Head): Match[] {
    const shape = shapeOf(head);
    const known = this.#known.get(shape);
    if (known !== undefined && scoreOf(known.importer, head) === known.score) return [known];
    const matches = sniff(head, this.#importers);
    const best = matches[0];
    if (best !== undefined && best.score >= CLAIM) this.#known.set(shape, best);
    return matches;
  }
}

const START = 48;

/** Last part of the path and first characters of the text, with every run of digits alike. */
function shapeOf(head: Head): string {
  const { path, text } = head;
  const start = path.lastIndexOf('/', path.lastIndexOf('/') - 1) + 1;
  return withoutDigits(path, start, path.length) + '\n' + withoutDigits(text, 0, Math.min(START, text.length));
}

function withoutDigits(text: string, from: number, to: number): string {
  let shape = '';
  let start = from;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) continue;
    shape += text.slice(start, i) + '0';
    while (i + 1 < to && text.charCodeAt(i + 1) >= 48 && text.charCodeAt(i + 1) <= 57) i++;
    start = i + 1;
  }
  return shape + text.slice(start, to);
}
