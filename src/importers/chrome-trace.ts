import { get, jsonDocuments, list, num, str } from '../dump/json.js';
import type { Span } from '../traces/span.js';
import { TraceWriter } from '../traces/writer.js';
import type { Importer } from './importer.js';

/**
 * Chrome trace events (also written by Perfetto, Bazel, many profilers): `{"traceEvents":[…]}` or a bare array, which
 * may lack its closing bracket.
 *
 *     {"name":"parse","ph":"X","ts":1234.5,"dur":17,"pid":1,"tid":2}      complete event, µs since an unknown start
 *     {"name":"parse","ph":"B",…} … {"ph":"E",…}                           begin and end, nested per thread
 *     {"name":"process_name","ph":"M","pid":1,"args":{"name":"web"}}       names
 */
export const chromeTrace: Importer = {
  id: 'chrome-trace',
  title: 'Chrome trace events',
  format: {
    reference: 'https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU',
    versions: 'JSON object and JSON array format',
  },
  sniff(head) {
    const start = head.text.slice(0, 30_000);
    if (!/^\s{0,20}[{[]/.test(start) || !/"ph"\s{0,3}:\s{0,3}"[XBEMbeinCsftPNOD]"/.test(start)) return 0;
    return /"traceEvents"\s{0,5}:/.test(start) || /"(?:ts|pid)"\s{0,3}:/.test(start) ? 0.93 : 0;
  },
  async read(file, sink) {
    const writer = new TraceWriter(sink, { latency: false });
    for await (const { value, line } of jsonDocuments(file, sink)) {
      const events = Array.isArray(value) ? list(value) : list(get(value, 'traceEvents'));
      readEvents(events, line, writer);
    }
    writer.finish();
    sink.format('Chrome trace events');
  },
};

function readEvents(events: readonly unknown[], line: number, writer: TraceWriter): void {
  const names = processNames(events);
  const open = new Map<string, unknown[]>();
  let index = 0;
  const add = (event: unknown, duration: number): void => {
    index++;
    writer.add(spanOf(event, duration, names, index, line));
  };
  for (const event of events) {
    const phase = get(event, 'ph');
    if (phase === 'X') add(event, num(get(event, 'dur')));
    if (phase !== 'B' && phase !== 'E') continue;
    const thread = `${str(get(event, 'pid')) ?? ''} ${str(get(event, 'tid')) ?? ''}`;
    const stack = open.get(thread) ?? [];
    open.set(thread, stack);
    if (phase === 'B') stack.push(event);
    else if (stack.length === 0) writer.odd('end without a beginning', line);
    else {
      const begun = stack.pop();
      add(begun, num(get(event, 'ts')) - num(get(begun, 'ts')));
    }
  }
  for (const stack of open.values())
    for (let i = 0; i < stack.length; i++) writer.odd('beginning without an end', line);
}

function processNames(events: readonly unknown[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const event of events) {
    const name = str(get(event, 'args', 'name'));
    if (get(event, 'ph') === 'M' && get(event, 'name') === 'process_name' && name !== undefined) {
      names.set(str(get(event, 'pid')) ?? '', name);
    }
  }
  return names;
}

function spanOf(
  event: unknown,
  duration: number,
  names: ReadonlyMap<string, string>,
  index: number,
  line: number,
): Span {
  const pid = str(get(event, 'pid')) ?? '';
  const tid = str(get(event, 'tid'));
  return {
    trace: pid,
    id: String(index),
    service: names.get(pid) ?? '',
    operation: str(get(event, 'name')) ?? '',
    start: num(get(event, 'ts')) / 1000,
    duration: Number.isNaN(duration) ? undefined : duration / 1000,
    error: false,
    labels: { ...(pid === '' ? {} : { pid }), ...(tid === undefined ? {} : { tid }) },
    line,
  };
}
