import { JsonScanner, type JsonHandler } from '../dump/json-scanner.js';
import type { DumpFile, Head } from '../types/dump.js';
import type { Labels } from '../types/series.js';
import type { Importer, Sink } from './importer.js';

function sniffExport(head: Head): number {
  const first = head.text.slice(0, 65_536).trimStart();
  if (!/^\{\s*"(?:metric|values|timestamps)"\s*:/.test(first)) return 0;
  const line = head.lines.find((text) => text.trim() !== '') ?? '';
  const named = /"metric"\s*:\s*\{/.test(line);
  if (named && /"timestamps"\s*:\s*\[/.test(line) && /"values"\s*:\s*\[/.test(line)) return 0.95;
  // a series of many samples: its timestamps lie beyond what recognition sees
  return named && /"values"\s*:\s*\[\s*(?:-?\d|null|"|\])/.test(line) ? 0.7 : 0;
}

const NUMBERS: ReadonlyMap<string, number> = new Map([
  ['Infinity', Infinity],
  ['+Inf', Infinity],
  ['-Infinity', -Infinity],
  ['-Inf', -Infinity],
  ['NaN', NaN],
]);

/** Reads lines `{"metric":{…},"values":[…],"timestamps":[…]}`, the two arrays side by side. */
class ExportReader implements JsonHandler {
  readonly #sink: Sink;
  #depth = 0;
  #key = '';
  #outer = '';
  #name = '';
  #labels: Record<string, string> = Object.create(null) as Record<string, string>;
  #values: number[] = [];
  #times: number[] = [];
  samples = 0;
  line = 0;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  openObject(): void {
    this.#open();
    if (this.#depth !== 1) return;
    this.#name = '';
    this.#labels = Object.create(null) as Record<string, string>;
    this.#values = [];
    this.#times = [];
  }

  openArray(): boolean {
    this.#open();
    return false;
  }

  #open(): void {
    if (this.#depth === 1) this.#outer = this.#key;
    this.#depth += 1;
  }

  closeArray(): void {
    this.#depth -= 1;
  }

  closeObject(): void {
    this.#depth -= 1;
    if (this.#depth === 0) this.flush();
  }

  /** Hands over what the line held, as far as both arrays go. */
  flush(): void {
    const count = Math.min(this.#values.length, this.#times.length);
    const odd = Math.max(this.#values.length, this.#times.length) - count;
    if (odd > 0)
      this.#sink.problem('BAD_LINE', { expected: 'as many timestamps as values', found: `${odd} more` }, this.line);
    if (count === 0) return;
    const labels: Labels = this.#labels;
    const writer = this.#sink.series(this.#name, labels);
    for (let i = 0; i < count; i++) writer.push(this.#times[i]!, this.#values[i]!, this.line);
    this.samples += count;
    this.#values = [];
    this.#times = [];
  }

  key(name: string): void {
    this.#key = name;
  }

  string(text: string): void {
    if (this.#depth !== 2) return;
    if (this.#outer === 'metric') {
      if (this.#key === '__name__') this.#name = text;
      else this.#labels[this.#key] = text;
    } else if (this.#outer === 'values') {
      const value = NUMBERS.get(text) ?? (text.trim() === '' ? NaN : Number(text));
      if (Number.isNaN(value) && text !== 'NaN') this.#sink.problem('BAD_NUMBER', { found: text }, this.line);
      this.#values.push(value);
    }
  }

  number(value: number): void {
    if (this.#depth !== 2) return;
    if (this.#outer === 'values') this.#values.push(value);
    else if (this.#outer === 'timestamps') this.#times.push(value);
  }

  literal(): void {
    // null is how the export writes a stale marker: no sample
    if (this.#depth === 2 && this.#outer === 'values') this.#values.push(NaN);
  }

  pairs(): void {
    // never asked for
  }
}

async function readExport(file: DumpFile, sink: Sink): Promise<void> {
  sink.format('JSON lines');
  const reader = new ExportReader(sink);
  const scanner = new JsonScanner(reader, { many: true });
  for await (const chunk of file.bytes({ lent: true })) {
    for (const piece of linewise(chunk)) {
      reader.line = scanner.line;
      scanner.push(piece);
    }
    if (scanner.fault !== undefined) break;
  }
  const fault = scanner.end();
  if (fault === undefined) return;
  reader.flush();
  if (fault.cut) sink.problem('TRUNCATED', { kept: `${reader.samples} samples` }, fault.line);
  else sink.problem('INVALID_JSON', { line: fault.line, column: fault.column, reason: fault.reason }, fault.line);
}

/** Pieces that end with a line, so that the line number fits the object that ends in it. */
function* linewise(chunk: Uint8Array): Generator<Uint8Array> {
  let from = 0;
  for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
    yield chunk.subarray(from, end + 1);
    from = end + 1;
  }
  if (from < chunk.length) yield chunk.subarray(from);
}

/**
 * Raw samples of VictoriaMetrics, `/api/v1/export`: one series a line, times in milliseconds.
 *
 *     {"metric":{"__name__":"up","job":"a"},"values":[1,null],"timestamps":[1700000000000,1700000015000]}
 */
export const victoriametricsExport: Importer = {
  id: 'victoriametrics-export',
  title: 'VictoriaMetrics export (JSON lines)',
  format: { reference: 'https://docs.victoriametrics.com/#how-to-export-data-in-json-line-format', versions: '1.x' },
  sniff: sniffExport,
  read: readExport,
};
