import type { Labels } from '../../types/series.js';
import type { Milliseconds } from '../../types/units.js';
import type { Sink } from '../importer.js';
import { BlockClock } from './clock.js';
import { detailsOf, holderOf, type Socket } from './socket.js';
import { labelsOf } from './text.js';

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

/** Sums of one listing under the names they are pushed to. */
type Totals = Map<string, { value: number; labels: Labels }>;

/**
 * Takes the sockets of one listing after another and pushes, per listing, each socket's queues and details and the sums
 * that /proc/net/tcp gives too: sockets per state, bytes in receive and send queues, accept queues.
 */
export class SocketListing {
  readonly #sink: Sink;
  readonly #prefix: string;
  readonly #clock: BlockClock;
  readonly #base: Labels;
  #open: Socket | undefined;
  #time: Milliseconds | undefined;
  #names = new Map<string, number>();
  #totals: Totals = new Map();
  /** Totals of earlier listings: what is no longer listed is 0 now. */
  readonly #known: Totals = new Map();
  #first = 0;
  #inListing = 0;
  rows = 0;
  listings = 0;
  details = false;

  /** @param prefix of the foreign names: `ss` or `netstat` */
  constructor(sink: Sink, prefix: string) {
    this.#sink = sink;
    this.#prefix = prefix;
    this.#clock = new BlockClock(sink);
    this.#base = sink.context;
  }

  /** Takes a line that is a time stamp; it ends the listing. */
  stamp(text: string, number: number): boolean {
    if (!this.#clock.stamp(text, number)) return false;
    this.close();
    return true;
  }

  add(socket: Socket): void {
    this.#flush();
    this.#time ??= this.#clock.next(socket.line);
    if (this.#inListing === 0) this.#first = socket.line;
    this.#inListing++;
    this.rows++;
    this.#open = socket;
  }

  /** Appends an indented line to the last socket; false when there is none. */
  extend(text: string): boolean {
    if (this.#open === undefined) return false;
    // a hostile file may indent everything
    if (this.#open.details.length < 4000) this.#open.details += ` ${text.trim()}`;
    return true;
  }

  /** Ends a listing. */
  close(): void {
    this.#flush();
    if (this.#inListing > 0) this.#sums();
    this.#inListing = 0;
    this.#names = new Map();
    this.#totals = new Map();
    this.#time = undefined;
  }

  #flush(): void {
    const socket = this.#open;
    this.#open = undefined;
    if (socket === undefined) return;
    this.#count(socket);
    const busy = socket.recvQ > 0 || socket.sendQ > 0;
    if (this.#inListing <= DETAILED || busy) this.#push(socket);
    else if (this.#inListing === DETAILED + 1) this.#sink.problem('ROWS_FOLDED', { limit: DETAILED }, socket.line);
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
    const nth = (this.#names.get(key) ?? 0) + 1;
    this.#names.set(key, nth);
    // several sockets may look the same (netlink, UDP with SO_REUSEPORT)
    if (nth > 1) labels['nth'] = String(nth);
    const time = this.#time ?? 0;
    const unit = socket.state === 'LISTEN' ? 'connections' : 'bytes';
    const queue = (name: string, value: number): void => {
      if (Number.isNaN(value)) return;
      this.#sink.series(`${this.#prefix}.${name}`, labels, { kind: 'gauge', unit }).push(time, value, socket.line);
    };
    queue('recv_q', socket.recvQ);
    queue('send_q', socket.sendQ);
    for (const { name, value, ...hints } of detailsOf(socket)) {
      this.details = true;
      this.#sink.series(`${this.#prefix}.${name}`, labels, hints).push(time, value, socket.line);
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
    const labels = labelsOf([...Object.entries(this.#base), ['netid', netid], ['state', state]]);
    this.#add(`${this.#prefix}.sockets`, 1, labels);
    // without Netid the listing is of one family; only TCP has states beside UNCONN
    const tcp = netid === 'tcp' || netid === 'tcp6' || (netid === '' && state !== '' && state !== 'UNCONN');
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
    this.listings++;
    for (const [key, { labels }] of this.#known) {
      const name = key.slice(0, key.indexOf(' '));
      const value = this.#totals.get(key)?.value ?? 0;
      this.#sink.series(name, labels, { kind: 'gauge' }).push(this.#time ?? 0, value, this.#first);
    }
  }

  /** Ends the file: counts as facts, and a problem when there was no socket at all. */
  finish(title: string): void {
    this.close();
    this.#sink.fact(`${this.#prefix}.rows`, this.rows);
    if (this.rows === 0) this.#sink.problem('NO_ROWS');
    const details = this.details ? ', with details' : '';
    this.#sink.format(`${title}, ${this.rows} sockets, ${this.listings} listings${details}`);
  }
}
