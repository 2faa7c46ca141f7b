import type { Milliseconds } from '../types/units.js';

/** What a legend or panel title of a shipped dashboard stands for. */
export interface Legend {
  /** Metric behind it; the catalogue tells its signal. */
  readonly metric: string;
  /** Window in ms when the panel shows `rate(metric[window])`: the numbers are per second already. */
  readonly rate?: Milliseconds;
}

const MINUTE = 60_000;

function rated(metric: string): Legend {
  return { metric, rate: MINUTE };
}

function gauge(metric: string): Legend {
  return { metric };
}

/** Legends of KubeSkoop's shipped dashboards (deploy/resource/*.json), and other spellings people give them. */
const LEGENDS: readonly (readonly [Legend, readonly string[]])[] = [
  [gauge('kubeskoop_tcpsummary_tcpestablishedconn'), ['established', 'established connections', 'srv_est']],
  [gauge('kubeskoop_tcpsummary_tcptimewaitconn'), ['timewait', 'TIME_WAIT', 'tcp time wait']],
  [gauge('kubeskoop_tcpsummary_tcpclosewaitconn'), ['closewait', 'tcp close wait', 'srv_closewait']],
  [gauge('kubeskoop_tcpsummary_tcpsynsentconn'), ['syn sent', 'SYN_SENT']],
  [gauge('kubeskoop_tcpsummary_tcpsynrecvconn'), ['syn recv', 'SYN_RECV']],
  [gauge('kubeskoop_tcpsummary_tcprxqueue'), ['RX Queue', 'tcp rx queue', 'receive queue', 'Recv-Q', 'srv_rxq']],
  [gauge('kubeskoop_tcpsummary_tcptxqueue'), ['TX Queue', 'tcp tx queue', 'send queue', 'Send-Q', 'srv_txq']],
  [rated('kubeskoop_tcp_activeopens'), ['active opens', 'TCP active opens', 'ActiveOpens']],
  [rated('kubeskoop_tcp_passiveopens'), ['passive opens', 'TCP passive opens', 'PassiveOpens']],
  [rated('kubeskoop_tcp_retranssegs'), ['retrans segs', 'tcp retrans', 'RetransSegs', 'retransmits']],
  [rated('kubeskoop_tcp_insegs'), ['in segs', 'InSegs', 'tcp in segs']],
  [rated('kubeskoop_tcp_outsegs'), ['out segs', 'OutSegs', 'tcp out segs']],
  [rated('kubeskoop_tcp_outrsts'), ['out rsts', 'OutRsts', 'resets sent']],
  [rated('kubeskoop_tcpext_listendrops'), ['listen drops', 'TCPListenDrops', 'tcp listen drops', 'ListenDrops']],
  [rated('kubeskoop_tcpext_listenoverflows'), ['listen overflows', 'ListenOverflows', 'TCPListenOverflows']],
  [rated('kubeskoop_tcpext_tcpsynretrans'), ['syn retrans', 'TCPSynRetrans', 'tcp syn retrans']],
  [rated('kubeskoop_tcpext_tcpbacklogdrop'), ['backlog drops', 'TCPBacklogDrop', 'tcp backlog drops']],
  [rated('kubeskoop_tcpext_tcprcvqdrop'), ['receive queue drops', 'TCPRcvQDrop']],
  [rated('kubeskoop_tcpext_pfmemallocdrop'), ['memory alloc fail', 'TCP Memory Alloc Fail', 'PFMemallocDrop']],
  [rated('kubeskoop_netdev_rxbytes'), ['rx bytes', 'Network Device RX bytes']],
  [rated('kubeskoop_netdev_txbytes'), ['tx bytes', 'Network Device TX bytes']],
  [rated('kubeskoop_netdev_rxpackets'), ['rx packets', 'Network Device RX Packets']],
  [rated('kubeskoop_netdev_txpackets'), ['tx packets', 'Network Device TX Packets']],
  [rated('kubeskoop_netdev_rxerrors'), ['rx errors', 'Network Device RX errors(times)']],
  [rated('kubeskoop_netdev_txerrors'), ['tx errors', 'Network Device TX errors(times)']],
  [rated('kubeskoop_netdev_rxdropped'), ['rx dropped', 'rx drops']],
  [rated('kubeskoop_netdev_txdropped'), ['tx dropped', 'tx drops']],
  [rated('kubeskoop_packetloss_total'), ['loss', 'packet loss', 'Packet abnormal loss(times)']],
  [rated('kubeskoop_udp_rcvbuferrors'), ['receive buffer errors', 'UDP RCV-Buffer exceeded']],
  [rated('kubeskoop_udp_sndbuferrors'), ['send buffer errors', 'UDP SND-Buffer exceeded']],
  [rated('kubeskoop_udp_noports'), ['no port times', 'UDP No-Ports']],
  [rated('kubeskoop_udp_inerrors'), ['input errors', 'UDP In Error']],
  [gauge('proc.net.tcp.accept_queue'), ['acceptq', 'accept queue', 'backlog queue']],
  [gauge('proc.net.tcp.unaccepted'), ['unaccepted', 'srv_est_unaccepted']],
  [gauge('kubeskoop_sock_inuse'), ['TCP Socket Count', 'sockets in use']],
];

const known: ReadonlyMap<string, Legend> = new Map(
  LEGENDS.flatMap(([legend, spellings]) => spellings.map((text) => [normalLegend(text), legend] as const)),
);

/** Lower case, letters and digits only: `TIME_WAIT`, `timewait` and `Time Wait` are one. */
export function normalLegend(text: string): string {
  return text
    .slice(0, 200)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** What a legend or panel title stands for; undefined when no shipped dashboard has it. */
export function legendOf(text: string): Legend | undefined {
  return known.get(normalLegend(text));
}
