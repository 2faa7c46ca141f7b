import { labelled } from '../proc/labels.js';
import { readSockets, SINGLE_SOCKETS, socketHead, socketLabels, type SocketRow } from '../proc/sockets.js';
import type { Importer } from './importer.js';

/**
 * `/proc/net/tcp` and `tcp6`: every TCP socket of a network namespace, hexadecimal. Counted per snapshot, by state, with
 * zeros for states without sockets: queue bytes of connections, the accept queues (rx_queue of LISTEN rows), connections
 * nobody has accepted yet (established, inode 0), sockets probing a closed window. Listening sockets, the first 256, have
 * a series of their accept queue each. A long file changes while it is read.
 *
 *       sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
 *        0: 00000000:2328 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 13085 …
 */
export const procNetTcp = {
  id: 'proc-net-tcp',
  title: 'TCP sockets (/proc/net/tcp, tcp6)',
  format: {
    reference: 'https://www.kernel.org/doc/Documentation/networking/proc_net_tcp.txt',
    versions: 'Linux 2.2–6.x',
  },
  sniff: (head) => (socketHead(head.lines) === 'tcp' ? 0.97 : 0),
  read: async (file, sink) => {
    const tally = { states: new Uint32Array(16), rx: 0, tx: 0, queue: 0, unaccepted: 0, probing: 0, retransmitting: 0 };
    let family = '';
    const listeners: SocketRow[] = [];
    await readSockets(file, sink, {
      socket: (row) => {
        if (family === '') family = row.local.indexOf(':') > 8 ? 'ipv6' : 'ipv4';
        const { state, rx, tx } = row;
        tally.states[state & 15]!++;
        if (state === LISTEN) {
          tally.queue += rx;
          if (listeners.length < SINGLE_SOCKETS) listeners.push(row);
          return;
        }
        tally.rx += rx;
        tally.tx += tx;
        if (row.inode === '0' && (state === ESTABLISHED || state === CLOSE_WAIT)) tally.unaccepted++;
        if (row.timer === '04') tally.probing++;
        if (row.timer === '01' && row.retransmits > 0) tally.retransmitting++;
      },
      flush: (time) => {
        // an empty table says nothing of its family; its zeros are as true of both
        const labels = labelled.with(
          sink.context,
          'family',
          family === '' ? (file.path.endsWith('6') ? 'ipv6' : 'ipv4') : family,
        );
        const push = (name: string, value: number, unit: 'connections' | 'bytes' = 'connections'): void =>
          sink.series(`proc.net.tcp.${name}`, labels, { kind: 'gauge', unit }).push(time, value);
        const { states } = tally;
        push('established', states[ESTABLISHED]!);
        push('syn_sent', states[2]!);
        push('syn_recv', states[3]! + states[12]!);
        push('fin_wait', states[4]! + states[5]!);
        push('time_wait', states[6]!);
        push('close', states[7]!);
        push('close_wait', states[CLOSE_WAIT]!);
        push('last_ack', states[9]!);
        push('listen', states[LISTEN]!);
        push('closing', states[11]!);
        push('rx_queue', tally.rx, 'bytes');
        push('tx_queue', tally.tx, 'bytes');
        push('accept_queue', tally.queue);
        push('unaccepted', tally.unaccepted);
        push('window_probing', tally.probing);
        push('retransmitting', tally.retransmitting);
        for (const row of listeners.splice(0))
          sink
            .series('proc.net.tcp.listener_queue', socketLabels(sink.context, row), LISTENER)
            .push(time, row.rx, row.line);
        states.fill(0);
        tally.rx = tally.tx = tally.queue = tally.unaccepted = tally.probing = tally.retransmitting = 0;
      },
    });
  },
} as const satisfies Importer;

const LISTENER = { kind: 'gauge', unit: 'connections' } as const;
const ESTABLISHED = 1;
const CLOSE_WAIT = 8;
const LISTEN = 10;
