import { noise, type Noise } from './synth.js';

/** Clients and server of one pod. */
export interface Setup {
  readonly clients: number;
  /** Requests per second of one idle client. */
  readonly rate: number;
  /** Share of replies after which the client closes and connects anew for its next request. */
  readonly churn: number;
  /** `pooled` clients keep a connection whose reply is late and open a further one; others close it. */
  readonly pooled: boolean;
  readonly backlog: number;
  /** Requests the server can answer, and connections it can accept, per second. */
  readonly capacity: number;
  readonly requestBytes: number;
  readonly replyBytes: number;
}

/** What goes wrong, as functions of the time in seconds; all default to "nothing". */
export interface Trouble {
  /** Share of its capacity the process has. */
  readonly work?: (t: number) => number;
  /** Whether it accepts connections. */
  readonly accepts?: (t: number) => boolean;
  readonly demand?: (t: number) => number;
  /** Chance that a segment is lost. */
  readonly loss?: (t: number) => number;
  /** Chance that the first packet of a connection is dropped on the way. */
  readonly refuse?: (t: number) => number;
  /** Round trip, seconds. */
  readonly rtt?: (t: number) => number;
  /** Bytes per second that leave. */
  readonly link?: (t: number) => number;
  /** Whether the receivers take nothing. */
  readonly shut?: (t: number) => boolean;
  readonly backlog?: (t: number) => number;
}

/** What the kernel counted in one second, and the levels at its end. */
export interface Second {
  opens: number;
  drops: number;
  retransmits: number;
  fastRetransmits: number;
  timeouts: number;
  synRetransmits: number;
  probes: number;
  slowReads: number;
  requests: number;
  failures: number;
  established: number;
  closeWait: number;
  acceptQueue: number;
  received: number;
  unsent: number;
  latency: number;
}

interface Connection {
  unread: number;
  since: number;
  accepted: boolean;
  /** The peer has closed it. */
  closed: boolean;
  closeAt: number;
  client: Client | null;
}

interface Client {
  state: 'idle' | 'connecting' | 'waiting' | 'answered';
  since: number;
  due: number;
  connection: Connection | null;
}

interface Reply {
  readonly bytes: number;
  readonly client: Client | null;
  readonly connection: Connection;
  readonly at: number;
}

const TICK = 0.1;
/** Clients give up after this long, and a SYN is sent again (linear retries since Linux 6.5). */
const PATIENCE = 1;
const RTO = 0.2;
/** Idle connections of a pool are closed after this long. */
const LINGER = 19;

/** A server behind a TCP listener and its clients, simulated in steps of 100 ms. */
class Queue {
  private readonly random: Noise;
  private readonly clients: Client[];
  private open: Connection[] = [];
  private pending: Connection[] = [];
  private replies: Reply[] = [];
  private budget = 0;
  private linkFree = 0;
  private latencies: number[] = [];
  private second: Second = blank();

  private readonly setup: Setup;
  private readonly trouble: Trouble;

  constructor(setup: Setup, trouble: Trouble, seed: number) {
    this.setup = setup;
    this.trouble = trouble;
    this.random = noise(seed);
    this.clients = Array.from({ length: setup.clients }, () => {
      const client: Client = { state: 'idle', since: 0, due: 0, connection: null };
      const connection = { unread: 0, since: 0, accepted: true, closed: false, closeAt: Infinity, client };
      this.open.push((client.connection = connection));
      return client;
    });
  }

  /** One second of it. */
  run(from: number): Second {
    this.second = blank();
    this.latencies = [];
    for (let k = 0; k < 1 / TICK; k++) {
      const t = from + k * TICK;
      for (const client of this.clients) this.act(client, t);
      this.serve(t);
      this.deliver(t);
      this.expire(t);
    }
    return this.summary(from + 1);
  }

  private act(client: Client, t: number): void {
    if (client.state === 'idle') {
      const { rate } = this.setup;
      if (this.random.uniform() >= rate * TICK * (this.trouble.demand?.(t) ?? 1)) return;
      this.second.requests++;
      client.since = client.due = t;
      if (client.connection === null) client.state = 'connecting';
      else this.ask(client, client.connection, t);
    }
    if (client.state === 'connecting' && client.due <= t) this.connect(client, t);
    if (client.state === 'waiting' && t - client.since >= PATIENCE - 1e-9) this.giveUp(client, t);
  }

  private ask(client: Client, connection: Connection, t: number): void {
    connection.unread += this.setup.requestBytes;
    connection.since = t;
    client.state = 'waiting';
  }

  private connect(client: Client, t: number): void {
    const chance = Math.max(this.trouble.refuse?.(t) ?? 0, this.trouble.loss?.(t) ?? 0);
    if (this.random.uniform() < chance) {
      this.second.synRetransmits++;
      this.late(client, t);
      return;
    }
    if (this.pending.length > (this.trouble.backlog?.(t) ?? this.setup.backlog)) {
      this.second.drops++;
      this.late(client, t);
      return;
    }
    this.second.opens++;
    const connection = { unread: 0, since: t, accepted: false, closed: false, closeAt: Infinity, client };
    client.connection = connection;
    client.since = t;
    this.pending.push(connection);
    this.open.push(connection);
    this.ask(client, connection, t);
  }

  /** The SYN went unanswered: it is sent again. */
  private late(client: Client, t: number): void {
    client.due = t + PATIENCE;
    this.second.failures++;
  }

  private giveUp(client: Client, t: number): void {
    const old = client.connection!;
    old.client = null;
    if (this.setup.pooled) old.closeAt = t + LINGER;
    else old.closed = true;
    this.second.failures++;
    client.connection = null;
    client.state = 'connecting';
    client.due = t;
    this.connect(client, t);
  }

  private serve(t: number): void {
    const share = this.trouble.work?.(t) ?? 1;
    const most = this.setup.capacity * TICK;
    this.budget = Math.min(most, this.budget + most * share);
    if (share === 0) this.budget = 0;
    while (this.budget >= 1 && this.pending.length > 0 && (this.trouble.accepts?.(t) ?? true)) {
      this.pending.shift()!.accepted = true;
      this.budget -= 1;
    }
    for (const connection of this.open) {
      if (this.budget < 1) break;
      if (!connection.accepted || (connection.unread === 0 && !connection.closed)) continue;
      if (connection.unread > 0) this.answer(connection, t);
      this.budget -= 1;
    }
    this.open = this.open.filter(({ closed, accepted, unread }) => !(closed && accepted && unread === 0));
  }

  private answer(connection: Connection, t: number): void {
    if (t - connection.since > 0.1 + 1e-9) this.second.slowReads++;
    connection.unread = 0;
    if (connection.closed) return;
    const bytes = this.setup.replyBytes;
    const link = this.trouble.link?.(t) ?? 1e9;
    this.linkFree = Math.max(this.linkFree, t) + bytes / link;
    this.replies.push({ bytes, client: connection.client, connection, at: this.linkFree + this.trip(t) });
  }

  /** How long a reply needs to be acknowledged, lost segments sent again. */
  private trip(t: number): number {
    let trip = this.trouble.rtt?.(t) ?? 0.0005;
    for (let wait = RTO; this.random.uniform() < (this.trouble.loss?.(t) ?? 0) && wait < 10; wait *= 2) {
      trip += wait;
      this.second.retransmits++;
      if (this.random.uniform() < 0.5) this.second.fastRetransmits++;
      else this.second.timeouts++;
    }
    return trip;
  }

  private deliver(t: number): void {
    if (this.trouble.shut?.(t) === true) {
      const blocked = new Set(this.replies.map(({ connection }) => connection)).size;
      this.second.probes += this.random.poisson(blocked * TICK);
      return;
    }
    const arrived = this.replies.filter(({ at }) => at <= t + TICK);
    if (arrived.length === 0) return;
    this.replies = this.replies.filter(({ at }) => at > t + TICK);
    for (const { client, connection, at } of arrived) {
      if (client === null || client.connection !== connection || client.state !== 'waiting') continue;
      this.latencies.push(Math.max(0.001, at - client.since) * (1 + 0.1 * this.random.uniform()));
      client.state = 'idle';
      if (this.random.uniform() < this.setup.churn) {
        connection.closed = true;
        client.connection = null;
      }
    }
  }

  private expire(t: number): void {
    for (const connection of this.open) if (connection.closeAt <= t) connection.closed = true;
  }

  private summary(end: number): Second {
    const sorted = this.latencies.sort((a, b) => a - b);
    const waits = this.clients.filter(({ state }) => state === 'waiting' || state === 'connecting');
    const oldest = Math.max(0, ...waits.map(({ since }) => end - since));
    const p99 = sorted[Math.floor(0.99 * sorted.length)] ?? 0;
    return {
      ...this.second,
      established: this.open.filter(({ closed }) => !closed).length,
      closeWait: this.open.filter(({ closed }) => closed).length,
      acceptQueue: this.pending.length,
      received: this.open.reduce((sum, { unread }) => sum + unread, 0),
      unsent: this.replies.reduce((sum, { bytes }) => sum + bytes, 0),
      latency: Math.max(p99, oldest > PATIENCE / 2 ? oldest : 0, 0.002),
    };
  }
}

function blank(): Second {
  return {
    opens: 0,
    drops: 0,
    retransmits: 0,
    fastRetransmits: 0,
    timeouts: 0,
    synRetransmits: 0,
    probes: 0,
    slowReads: 0,
    requests: 0,
    failures: 0,
    established: 0,
    closeWait: 0,
    acceptQueue: 0,
    received: 0,
    unsent: 0,
    latency: 0,
  };
}

/** `length` seconds of a server under some trouble. */
export function queue(setup: Setup, trouble: Trouble, length: number, seed: number): readonly Second[] {
  const model = new Queue(setup, trouble, seed);
  return Array.from({ length }, (_, t) => model.run(t));
}
