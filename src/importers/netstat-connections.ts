import type { Importer } from './importer.js';
import { SocketListing } from './tools/socket-listing.js';
import type { Socket } from './tools/socket.js';
import { numberOf, words } from './tools/text.js';

/** netstat's state words → those of ss. */
const STATES: ReadonlyMap<string, string> = new Map([
  ['ESTABLISHED', 'ESTAB'],
  ['SYN_SENT', 'SYN-SENT'],
  ['SYN_RECV', 'SYN-RECV'],
  ['FIN_WAIT1', 'FIN-WAIT-1'],
  ['FIN_WAIT2', 'FIN-WAIT-2'],
  ['TIME_WAIT', 'TIME-WAIT'],
  ['CLOSE', 'CLOSED'],
  ['CLOSE_WAIT', 'CLOSE-WAIT'],
  ['LAST_ACK', 'LAST-ACK'],
  ['LISTEN', 'LISTEN'],
  ['CLOSING', 'CLOSING'],
  ['UNKNOWN', 'UNKNOWN'],
]);

const INTERNET = /^Proto\s{1,4}Recv-Q\s{1,4}Send-Q\s{1,4}Local Address\s/;
const UNIX = /^Proto\s{1,4}RefCnt\s{1,4}Flags\s/;

/**
 * `netstat [-a] [-n] [-p] [-t] [-u] [-x] [-o]`: connections.
 *
 * ```
 * Active Internet connections (servers and established)
 * Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name
 * tcp      129      0 0.0.0.0:80              0.0.0.0:*               LISTEN      7/nginx
 * Active UNIX domain sockets (servers and established)
 * Proto RefCnt Flags       Type       State         I-Node PID/Program name    Path
 * unix  2      [ ACC ]     STREAM     LISTENING      18438 1/systemd           /run/systemd/private
 * ```
 * Without `-W` long host names are cut, without `-n` ports are service names.
 */
export const netstatConnections: Importer = {
  id: 'netstat-connections',
  title: 'netstat connections',
  format: {
    reference: 'https://github.com/ecki/net-tools/blob/master/netstat.c',
    versions: 'net-tools 1.60 to 2.10, busybox',
  },
  sniff({ lines }) {
    const start = lines.slice(0, 80);
    const title = start.some((line) => /^Active (?:Internet|UNIX domain)/.test(line));
    const head = start.some((line) => INTERNET.test(line) || UNIX.test(line));
    return title && head ? 0.97 : head ? 0.9 : 0;
  },
  async read(file, sink) {
    const listing = new SocketListing(sink, 'netstat');
    let number = 0;
    let inside = false;
    let unix = 0;
    for await (const line of file.lines()) {
      number++;
      if (/^Active Internet connections/.test(line)) listing.close();
      if (INTERNET.test(line) || UNIX.test(line)) inside = true;
      else if (inside) {
        const socket = internet(line, number) ?? unixSocket(line, number);
        if (socket?.netid === 'unix') {
          unix++;
          sink.passed(number);
        }
        if (socket !== undefined) listing.add(socket);
        else if (!listing.stamp(line, number) && line.trim() !== '' && !/^(?:Active|Proto) /.test(line))
          sink.problem('NOT_A_SOCKET', { found: line.trim() }, number);
      } else listing.stamp(line, number);
    }
    sink.fact('netstat.unix_sockets', unix);
    listing.finish('netstat');
  },
};

function internet(line: string, number: number): Socket | undefined {
  const cells = words(line);
  const [netid = '', recv, send, local = '', peer = ''] = cells;
  if (!/^(?:tcp|udp|udplite|raw|sctp|icmp)6?$/.test(netid) || peer === '') return undefined;
  const [recvQ, sendQ] = [numberOf(recv), numberOf(send)];
  if (Number.isNaN(recvQ) || Number.isNaN(sendQ)) return undefined;
  const state = STATES.get(cells[5] ?? '');
  const holder = cells.slice(state === undefined ? 5 : 6).find((cell) => /^\d{1,10}\//.test(cell));
  return { netid, state: state ?? '', recvQ, sendQ, local, peer, details: usersOf(holder), line: number };
}

function unixSocket(line: string, number: number): Socket | undefined {
  if (!/^unix\s/.test(line)) return undefined;
  const close = line.indexOf(']');
  if (close === -1) return undefined;
  const [kind = '', ...rest] = words(line.slice(close + 1));
  const state = /^[A-Z]/.test(rest[0] ?? '') ? (rest.shift() ?? '') : '';
  const inode = rest.shift() ?? '';
  const holder = /^(?:\d{1,10}\/|-$)/.test(rest[0] ?? '') ? rest.shift() : undefined;
  const local = rest.join(' ') || inode;
  return {
    netid: 'unix',
    state: state === '' ? kind : `${kind} ${state}`,
    recvQ: Number.NaN,
    sendQ: Number.NaN,
    local,
    peer: '',
    details: usersOf(holder),
    line: number,
  };
}

/** The holder as ss writes it. */
function usersOf(holder: string | undefined): string {
  const slash = holder?.indexOf('/') ?? -1;
  if (holder === undefined || slash < 1) return '';
  return `users:(("${holder.slice(slash + 1).replace(/["\s:]/g, '')}",pid=${holder.slice(0, slash)},fd=0))`;
}
