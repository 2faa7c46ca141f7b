import { stampAt, type Stamp } from './time.js';

/** One request of an access log. */
export interface AccessLine {
  readonly stamp: Stamp;
  readonly method: string;
  readonly status: number;
  /** ms; NaN when the line does not tell. */
  readonly duration: number;
  /** What answered, where the line names it: upstream or virtual host. */
  readonly upstream: string | undefined;
}

/** Common and combined log format of Apache and nginx, with whatever was appended. */
const COMBINED =
  /^(\S{1,255}) \S{1,128} (?:\S{1,128}|".{0,128}?") \[([^\]]{20,40})\] "([A-Z]{3,12}|-)?[^"]{0,8000}" (\d{3}) (?:\d{1,18}|-)/;
/** Envoy and Istio: status, flags, …, bytes received, bytes sent, duration, upstream time. */
const ENVOY =
  /^\[(\d{4}-\d\d-\d\dT[\d:.]{8,16}Z)\] "([A-Z]{3,12}|-)[^"]{0,8000}" (\d{1,3}) (\S{1,200}) (?:(?:"[^"]{0,500}"|\S{1,200}) ){0,3}?(\d{1,15}) (\d{1,15}) (\d{1,12}) (\d{1,12}|-|"-") /;
const NAMED =
  /(?:^|[\s"])(?:request_time|rt|reqtime|duration|response_time|time_taken|elapsed)[=:]"?(\d{1,9}(?:\.\d{1,9})?)(ms|s|us)?/;
/** nginx's `$request_time`: seconds with three decimals, among the fields appended to the combined format. */
const SECONDS = /(?:^|\s)"?(\d{1,7}\.\d{3})"?(?=\s|$)/;
const UPSTREAM = /(?:^|\s)\[([a-z0-9][\w.-]{0,200})\]/;

/** Reads one line; undefined when it is none of an access log. */
export function accessLine(line: string): AccessLine | undefined {
  const text = line.length > 16_000 ? line.slice(0, 16_000) : line;
  if (text.startsWith('[')) return envoy(text);
  const m = COMBINED.exec(text);
  if (!m) return undefined;
  const stamp = stampAt(m[2]!, 0);
  if (!stamp) return undefined;
  const rest = behindQuotes(text.slice(m[0].length));
  const method = m[3] ?? '-';
  return { stamp, method, status: Number(m[4]), duration: durationOf(rest), upstream: UPSTREAM.exec(rest)?.[1] };
}

function envoy(text: string): AccessLine | undefined {
  const m = ENVOY.exec(text);
  const stamp = m ? stampAt(m[1]!, 0) : undefined;
  if (!m || !stamp) return undefined;
  return { stamp, method: m[2]!, status: Number(m[3]), duration: Number(m[7]), upstream: undefined };
}

/** The fields behind referrer and user agent, whose words must not be taken for times. */
function behindQuotes(rest: string): string {
  const quoted = /^ "(?:[^"\\]|\\.){0,8000}" "(?:[^"\\]|\\.){0,8000}"/.exec(rest);
  return quoted ? rest.slice(quoted[0].length) : rest;
}

function durationOf(rest: string): number {
  const named = NAMED.exec(rest);
  if (named) {
    const value = Number(named[1]);
    if (named[2] === 'ms') return value;
    if (named[2] === 'us') return value / 1000;
    return value * 1000;
  }
  const seconds = SECONDS.exec(rest);
  return seconds ? Number(seconds[1]) * 1000 : Number.NaN;
}
