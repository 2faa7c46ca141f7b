import type { Importer } from './importer.js';
import { SocketListing } from './tools/socket-listing.js';
import { layoutOf, socketOf, type Layout } from './tools/socket.js';

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
    const listing = new SocketListing(sink, 'ss');
    let layout: Layout | undefined;
    let number = 0;
    for await (const line of file.lines()) {
      number++;
      const head = layoutOf(line);
      if (head !== undefined) {
        listing.close();
        layout = head;
        continue;
      }
      const socket = line.startsWith('\t') ? undefined : socketOf(line, layout, number);
      if (socket !== undefined) listing.add(socket);
      else if (/^\s/.test(line) && listing.extend(line)) sink.passed(number);
      else if (listing.stamp(line, number)) continue;
      else if (line.trim() !== '') sink.problem('NOT_A_SOCKET', { found: line.trim() }, number);
    }
    listing.finish('ss');
  },
};
