import { numberOf, restFrom, words } from './text.js';

/** One socket of an `ss` listing; numbers are NaN and texts empty where the listing does not say. */
export interface Socket {
  readonly netid: string;
  readonly state: string;
  readonly recvQ: number;
  readonly sendQ: number;
  readonly local: string;
  readonly peer: string;
  /** Everything after the addresses, from this line and the indented ones below it. */
  details: string;
  readonly line: number;
}

const NETIDS = new Set(
  'nl ??? p_raw p_dgr u_str u_dgr u_seq u_??? tcp udp raw dccp sctp icmp6 mptcp ti_rd ti_st ti_sq ti_dg v_str v_dgr xdp tipc'.split(
    ' ',
  ),
);
const STATES = new Set(
  'ESTAB SYN-SENT SYN-RECV FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT UNCONN CLOSED CLOSE-WAIT LAST-ACK LISTEN CLOSING UNKNOWN'.split(
    ' ',
  ),
);

/** Which of the optional first columns a listing has. */
export interface Layout {
  readonly netid: boolean;
  readonly state: boolean;
}

/** Layout a head line announces; undefined for any other line. */
export function layoutOf(line: string): Layout | undefined {
  if (!/^\s{0,4}(?:Netid\s{1,40})?(?:State\s{1,40})?Recv-Q\s{0,40}Send-Q\s/.test(line)) return undefined;
  return { netid: /Netid/.test(line), state: /State/.test(line) };
}

/**
 * The socket a line speaks of; undefined when it is none.
 * @param layout from the head line; without one (`-H`) the first words tell
 */
export function socketOf(line: string, layout: Layout | undefined, number: number): Socket | undefined {
  const cells = words(line);
  const first = leading(cells, layout);
  if (first === undefined) return undefined;
  const { netid, state, at } = first;
  const recvQ = numberOf(cells[at]);
  const sendQ = numberOf(cells[at + 1]);
  if (Number.isNaN(recvQ) || Number.isNaN(sendQ) || cells.length < at + 4) return undefined;
  const pairs = separate(netid, cells, at + 2);
  const [a = '', b = '', c = '', d = ''] = cells.slice(at + 2);
  const [local, peer] = pairs ? [`${a}:${b}`, `${c}:${d}`] : [a, b];
  return { netid, state, recvQ, sendQ, local, peer, details: restFrom(line, at + (pairs ? 6 : 4)), line: number };
}

/** The optional first columns; undefined when those the layout announces are not there. */
function leading(
  cells: readonly string[],
  layout: Layout | undefined,
): { netid: string; state: string; at: number } | undefined {
  const rest = [...cells.slice(0, 2)];
  const take = (known: ReadonlySet<string>, wanted: boolean | undefined): string =>
    wanted !== false && known.has(rest[0] ?? '') ? (rest.shift() ?? '') : '';
  const netid = take(NETIDS, layout?.netid);
  const state = take(STATES, layout?.state);
  const complete = (layout?.netid !== true || netid !== '') && (layout?.state === false || state !== '');
  return complete ? { netid, state, at: Math.min(2, cells.length) - rest.length } : undefined;
}

/** Unix sockets have path and inode as words of their own. */
function separate(netid: string, cells: readonly string[], at: number): boolean {
  if (netid.startsWith('u_')) return cells.length >= at + 4;
  return false;
}

/** Process that holds the socket: `users:(("nginx",pid=1,fd=6),…)` or the older `users:(("nginx",1,6))`. */
export function holderOf(socket: Socket): { process: string; pid: string } | undefined {
  const parts = /users:\(\("([^"]{0,64})",(?:pid=)?(\d{1,10})/.exec(socket.details);
  if (parts === null) return undefined;
  return { process: parts[1] ?? '', pid: parts[2] ?? '' };
}

const MEMORY: Readonly<Record<string, string>> = {
  r: 'skmem.r',
  rb: 'skmem.rb',
  t: 'skmem.t',
  tb: 'skmem.tb',
  f: 'skmem.f',
  w: 'skmem.w',
  o: 'skmem.o',
  bl: 'skmem.bl',
  d: 'skmem.d',
};

/** Number of a detail: name, value in base units, unit, kind and what was converted. */
export interface Detail {
  readonly name: string;
  readonly value: number;
  readonly unit: 'bytes' | 'seconds' | 'segments' | 'packets' | 'count';
  readonly kind: 'gauge' | 'counter';
  readonly conversion?: string;
}

const MILLISECONDS = new Set(['rto', 'ato', 'minrtt', 'rcv_rtt', 'lastsnd', 'lastrcv', 'lastack']);
const COUNTERS = new Set(
  'bytes_sent bytes_retrans bytes_acked bytes_received segs_out segs_in data_segs_out data_segs_in delivered delivered_ce reord_seen rcv_ooopack dsack_dups'.split(
    ' ',
  ),
);
const LEVELS = new Set(
  'cwnd ssthresh mss pmtu advmss rcvmss unacked lost sacked fackets reordering backoff notsent rcv_space rcv_ssthresh snd_wnd rcv_wnd'.split(
    ' ',
  ),
);
const LIMITED = new Set(['busy', 'rwnd_limited', 'sndbuf_limited']);

/**
 * The numbers among a socket's details: memory of `-m` (`skmem:(r0,rb131072,…)`, or the older `mem:(r0,w0,f0,t0)`),
 * TCP information of `-i`, timers of `-o`.
 */
export function detailsOf(socket: Socket): Detail[] {
  const out: Detail[] = [];
  for (const word of words(socket.details)) {
    const colon = word.indexOf(':');
    if (colon < 1) continue;
    const [name, value] = [word.slice(0, colon), word.slice(colon + 1)];
    if (name === 'skmem' || name === 'mem') memory(value, out);
    else if (name === 'rtt') rtt(value, out);
    else if (name === 'retrans') retrans(value, out);
    else single(name, value, out);
  }
  return out;
}

function memory(value: string, out: Detail[]): void {
  for (const part of value.replace(/[()]/g, '').split(',')) {
    const cut = /^([a-z]{1,2})(\d{1,20})$/.exec(part);
    const name = MEMORY[cut?.[1] ?? ''];
    if (name === undefined || cut === null) continue;
    const drops = name === 'skmem.d';
    out.push({ name, value: Number(cut[2]), unit: drops ? 'packets' : 'bytes', kind: drops ? 'counter' : 'gauge' });
  }
}

function milliseconds(name: string, value: number): Detail {
  return {
    name,
    value: Number((value / 1000).toPrecision(12)),
    unit: 'seconds',
    kind: 'gauge',
    conversion: '× 0.001 (ms → s)',
  };
}

function rtt(value: string, out: Detail[]): void {
  const [mean, deviation] = value.split('/').map(numberOf);
  if (mean !== undefined && !Number.isNaN(mean)) out.push(milliseconds('rtt', mean));
  if (deviation !== undefined && !Number.isNaN(deviation)) out.push(milliseconds('rttvar', deviation));
}

function retrans(value: string, out: Detail[]): void {
  const [now, total] = value.split('/').map(numberOf);
  if (now !== undefined && !Number.isNaN(now))
    out.push({ name: 'retrans', value: now, unit: 'segments', kind: 'gauge' });
  if (total !== undefined && !Number.isNaN(total))
    out.push({ name: 'retrans_total', value: total, unit: 'segments', kind: 'counter' });
}

function single(name: string, text: string, out: Detail[]): void {
  if (LIMITED.has(name)) {
    const value = numberOf(/^(\d{1,20})ms/.exec(text)?.[1]);
    if (!Number.isNaN(value)) out.push({ ...milliseconds(name, value), kind: 'counter' });
    return;
  }
  const value = numberOf(text);
  if (Number.isNaN(value)) return;
  if (MILLISECONDS.has(name)) out.push(milliseconds(name, value));
  else if (COUNTERS.has(name))
    out.push({ name, value, unit: name.startsWith('bytes') ? 'bytes' : 'segments', kind: 'counter' });
  else if (LEVELS.has(name)) out.push({ name, value, unit: 'count', kind: 'gauge' });
}
