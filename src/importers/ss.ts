import type { Labels } from '../types/series.js';
import type { Importer, Sink } from './importer.js';
import { BlockClock } from './tools/clock.js';
import { detailsOf, holderOf, layoutOf, socketOf, type Layout, type Socket } from './tools/socket.js';
import { labelsOf } from './tools/text.js';

/** Sockets of one listing that get series of their own; busy ones do beyond that. */
const DETAILED = 2000;

/** TCP states as ss spells them → the gauge that counts them. */
const STATES: ReadonlyMap<string, string> = new Map([
  ['ESTAB', 'proc.net.tcp.established'],
  ['TIME-WAIT', 'proc.net.tcp.time_wait'],
  ['CLOSE-WAIT', 'proc.net.tcp.close_wait'],
  ['SYN-SENT', 'proc.net.tcp.syn_sent'],
  ['SYN-RECV', 'proc.net.tcp.syn_recv'],
  ['FIN-WAIT-1', 'proc.net.tcp.fin_wait'],
  ['FIN-WAIT-2', 'proc.net.tcp.fin_wait'],
]);

/**
 * `ss` listings of sockets, with any of `-a -n -p -t -u -x -i -m -o -e -O -H`, one or several in a file.
 *
 * ```
 * Netid State  Recv-Q Send-Q Local Address:Port  Peer Address:Port Process
 * tcp   LISTEN 129    128          0.0.0.0:80         0.0.0.0:*    users:(("nginx",pid=7,fd=6))
 *          skmem:(r0,rb131072,t0,tb16384,f0,w0,o0,bl0,d0) cubic rto:204 rtt:1.2/0.6 cwnd:10
 * ```
 * Recv-Q and Send-Q are bytes, but queue length and backlog for listening sockets. skmem: receive, its limit, send, its
 * limit, forward, write, option memory, backlog (bytes), drops. With a state filter the State column is absent.
 */
export const ss: Importer = {
  id: 'ss',
  title: 'ss socket listing',
  format: {
    reference: 'https://git.kernel.org/pub/scm/network/iproute2/iproute2.git/tree/misc/ss.c',
    versions: 'iproute2 3 to 6',
  },
  sniff(head) {
    const lines = head.lines.slice(0, 60);
    const layout = lines.map(layoutOf).find((found) => found !== undefined);
    const sockets = lines.filter((line) => socketOf(line, layout, 0) !== undefined).length;
    if (layout !== undefined) return sockets > 0 ? 0.97 : 0.9;
    return sockets > 2 && sockets * 4 > lines.length ? 0.8 : 0;
  },
  async read(file, sink) {
    const listing = new Listing(sink);
    let number = 0;
    for await (const line of file.lines()) listing.line(line, ++number);
    listing.finish();
  },
};

/** Sums of one listing under the names they are pushed to. */
type Totals = Map<string, { value: number; labels: Labels }>;

class Listing {
  readonly #sink: Sink;
  readonly #clock: BlockClock;
  readonly #base: Labels;
  #layout: Layout | undefined;
  #open: Socket | undefined;
  #time: number | undefined;
  #names = new Map<string, number>();
  #totals: Totals = new Map();
  /** Totals of earlier listings: what is no longer listed is 0 now. */
  readonly #known: Totals = new Map();
  #first = 0;
  #rows = 0;
  #all = 0;
  #blocks = 0;
  #details = false;

  constructor(sink: Sink) {
    this.#sink = sink;
    this.#clock = new BlockClock(sink);
    this.#base = labelsOf([
      ['node', sink.context['node']],
      ['pod', sink.context['pod']],
      ['namespace', sink.context['namespace']],
    ]);
  }

  line(text: string, number: number): void {
    const layout = layoutOf(text);
    if (layout !== undefined) {
      this.#close();
      this.#layout = layout;
      return;
    }
    if (/^\s/.test(text) && this.#open !== undefined) {
      const indented = text.startsWith('\t') || socketOf(text, this.#layout, number) === undefined;
      if (indented) {
        if (this.#open.details.length < 4000) this.#open.details += ` ${text.trim()}`;
        return;
      }
    }
    const socket = socketOf(text, this.#layout, number);
    if (socket !== undefined) this.#next(socket);
    else if (this.#clock.stamp(text, number)) this.#close(true);
    else if (text.trim() !== '') this.#sink.problem('NOT_A_SOCKET', { found: text.trim() }, number);
  }

  #next(socket: Socket): void {
    this.#flush();
    this.#time ??= this.#clock.next(socket.line);
    if (this.#rows === 0) this.#first = socket.line;
    this.#rows++;
    this.#all++;
    this.#open = socket;
  }

  /** Ends a listing; `stamped` keeps the time stamp that stood before it. */
  #close(stamped = false): void {
    this.#flush();
    if (this.#rows > 0) this.#sums();
    this.#rows = 0;
    this.#names = new Map();
    this.#totals = new Map();
    this.#time = undefined;
    if (stamped) this.#open = undefined;
  }

  #flush(): void {
    const socket = this.#open;
    this.#open = undefined;
    if (socket === undefined) return;
    this.#count(socket);
    const busy = socket.recvQ > 0 || socket.sendQ > 0;
    if (this.#rows <= DETAILED || busy) this.#push(socket);
    else if (this.#rows === DETAILED + 1) this.#sink.problem('ROWS_FOLDED', { limit: DETAILED }, socket.line);
  }

  #push(socket: Socket): void {
    const holder = holderOf(socket);
    const labels = labelsOf([
      ...Object.entries(this.#base),
      ['netid', socket.netid],
      ['state', socket.state],
      ['local', socket.local],
      ['peer', socket.peer],
      ['process', holder?.process],
      ['pid', holder?.pid],
    ]);
    const key = JSON.stringify(labels);
    const n = (this.#names.get(key) ?? 0) + 1;
    this.#names.set(key, n);
    // several sockets may look the same (netlink, UDP with SO_REUSEPORT)
    if (n > 1) labels['nth'] = String(n);
    const time = this.#time ?? 0;
    const listens = socket.state === 'LISTEN';
    const unit = listens ? 'connections' : 'bytes';
    this.#sink.series('ss.recv_q', labels, { kind: 'gauge', unit }).push(time, socket.recvQ, socket.line);
    this.#sink.series('ss.send_q', labels, { kind: 'gauge', unit }).push(time, socket.sendQ, socket.line);
    for (const { name, value, ...hints } of detailsOf(socket)) {
      this.#details = true;
      this.#sink.series(`ss.${name}`, labels, hints).push(time, value, socket.line);
    }
  }

  #add(name: string, value: number, labels: Labels = this.#base): void {
    const key = `${name} ${JSON.stringify(labels)}`;
    const total = this.#totals.get(key);
    this.#totals.set(key, { value: (total?.value ?? 0) + value, labels });
    if (!this.#known.has(key)) this.#known.set(key, { value: 0, labels });
  }

  #count(socket: Socket): void {
    const { netid, state } = socket;
    this.#add('ss.sockets', 1, {
      ...this.#base,
      ...labelsOf([
        ['netid', netid],
        ['state', state],
      ]),
    });
    // without Netid the listing is of one family; only TCP has states beside UNCONN
    const tcp = netid === 'tcp' || (netid === '' && state !== '' && state !== 'UNCONN');
    if (!tcp) return;
    const counted = STATES.get(state);
    if (counted !== undefined) this.#add(counted, 1);
    if (state === 'LISTEN') this.#add('proc.net.tcp.accept_queue', socket.recvQ);
    else {
      this.#add('proc.net.tcp.rx_queue', socket.recvQ);
      this.#add('proc.net.tcp.tx_queue', socket.sendQ);
    }
  }

  #sums(): void {
    this.#blocks++;
    for (const [key, { labels }] of this.#known) {
      const name = key.slice(0, key.indexOf(' '));
      const value = this.#totals.get(key)?.value ?? 0;
      this.#sink.series(name, labels, { kind: 'gauge' }).push(this.#time ?? 0, value, this.#first);
    }
  }

  finish(): void {
    this.#close();
    this.#sink.fact('ss.rows', this.#all);
    if (this.#all === 0) this.#sink.problem('NO_ROWS', {});
    const details = this.#details ? ', with details' : '';
    this.#sink.format(`ss, ${this.#all} sockets, ${this.#blocks} listings${details}`);
  }
}
