/**
 * The sentences of `netstat -s` (net-tools' statistics.c, several versions and spellings) → the kernel's counter. `#` is
 * the number; compared after `spell`.
 */
const SENTENCES: Readonly<Record<string, readonly (readonly [sentence: string, counter: string])[]>> = {
  Ip: [
    ['# total packets received', 'InReceives'],
    ['# with invalid headers', 'InHdrErrors'],
    ['# with invalid addresses', 'InAddrErrors'],
    ['# forwarded', 'ForwDatagrams'],
    ['# with unknown protocol', 'InUnknownProtos'],
    ['# incoming packets discarded', 'InDiscards'],
    ['# incoming packets delivered', 'InDelivers'],
    ['# requests sent out', 'OutRequests'],
    ['# outgoing packets dropped', 'OutDiscards'],
    ['# dropped because of missing route', 'OutNoRoutes'],
    ['# fragments dropped after timeout', 'ReasmTimeout'],
    ['# reassemblies required', 'ReasmReqds'],
    ['# packets reassembled ok', 'ReasmOKs'],
    ['# packet reassembles failed', 'ReasmFails'],
    ['# packet reassemblies failed', 'ReasmFails'],
    ['# fragments received ok', 'FragOKs'],
    ['# fragments failed', 'FragFails'],
    ['# fragments created', 'FragCreates'],
    ['default ttl is #', 'DefaultTTL'],
    ['forwarding: #', 'Forwarding'],
  ],
  Icmp: [
    ['# icmp messages received', 'InMsgs'],
    ['# input icmp message failed', 'InErrors'],
    ['# icmp messages sent', 'OutMsgs'],
    ['# icmp messages failed', 'OutErrors'],
    ['in destination unreachable: #', 'InDestUnreachs'],
    ['in timeout in transit: #', 'InTimeExcds'],
    ['in wrong parameters: #', 'InParmProbs'],
    ['in source quenches: #', 'InSrcQuenchs'],
    ['in redirects: #', 'InRedirects'],
    ['in echo requests: #', 'InEchos'],
    ['in echo replies: #', 'InEchoReps'],
    ['in timestamp request: #', 'InTimestamps'],
    ['in timestamp reply: #', 'InTimestampReps'],
    ['in address mask request: #', 'InAddrMasks'],
    ['in address mask replies: #', 'InAddrMaskReps'],
    ['out destination unreachable: #', 'OutDestUnreachs'],
    ['out time exceeded: #', 'OutTimeExcds'],
    ['out wrong parameters: #', 'OutParmProbs'],
    ['out source quenches: #', 'OutSrcQuenchs'],
    ['out source quench: #', 'OutSrcQuenchs'],
    ['out redirect: #', 'OutRedirects'],
    ['out redirects: #', 'OutRedirects'],
    ['out echo request: #', 'OutEchos'],
    ['out echo requests: #', 'OutEchos'],
    ['out echo replies: #', 'OutEchoReps'],
    ['out timestamp requests: #', 'OutTimestamps'],
    ['out timestamp replies: #', 'OutTimestampReps'],
    ['out address mask requests: #', 'OutAddrMasks'],
    ['out address mask replies: #', 'OutAddrMaskReps'],
  ],
  Tcp: [
    ['# active connection openings', 'ActiveOpens'],
    ['# passive connection openings', 'PassiveOpens'],
    ['# failed connection attempts', 'AttemptFails'],
    ['# connection resets received', 'EstabResets'],
    ['# connections established', 'CurrEstab'],
    ['# segments received', 'InSegs'],
    ['# segments sent out', 'OutSegs'],
    ['# segments retransmitted', 'RetransSegs'],
    ['# bad segments received', 'InErrs'],
    ['# resets sent', 'OutRsts'],
  ],
  Udp: [
    ['# packets received', 'InDatagrams'],
    ['# packets to unknown port received', 'NoPorts'],
    ['# packet receive errors', 'InErrors'],
    ['# packets sent', 'OutDatagrams'],
    ['# receive buffer errors', 'RcvbufErrors'],
    ['# send buffer errors', 'SndbufErrors'],
  ],
  TcpExt: [
    ['# syn cookies sent', 'SyncookiesSent'],
    ['# syn cookies received', 'SyncookiesRecv'],
    ['# invalid syn cookies received', 'SyncookiesFailed'],
    ['# resets received for embryonic syn_recv sockets', 'EmbryonicRsts'],
    ['# packets pruned from receive queue because of socket buffer overrun', 'PruneCalled'],
    ['# packets pruned from receive queue', 'RcvPruned'],
    ['# packets dropped from out-of-order queue because of socket buffer overrun', 'OfoPruned'],
    ['# icmp packets dropped because they were out-of-window', 'OutOfWindowIcmps'],
    ['# icmp packets dropped because socket was locked', 'LockDroppedIcmps'],
    ['# tcp sockets finished time wait in fast timer', 'TW'],
    ['# time wait sockets recycled by time stamp', 'TWRecycled'],
    ['# tcp sockets finished time wait in slow timer', 'TWKilled'],
    ['# passive connections rejected because of time stamp', 'PAWSPassive'],
    ['# active connections rejected because of time stamp', 'PAWSActive'],
    ['# packets rejects in established connections because of timestamp', 'PAWSEstab'],
    ['# packets rejected in established connections because of timestamp', 'PAWSEstab'],
    ['# delayed acks sent', 'DelayedACKs'],
    ['# delayed acks further delayed because of locked socket', 'DelayedACKLocked'],
    ['quick ack mode was activated # times', 'DelayedACKLost'],
    ['# times the listen queue of a socket overflowed', 'ListenOverflows'],
    ['# syns to listen sockets dropped', 'ListenDrops'],
    ['# syns to listen sockets ignored', 'ListenDrops'],
    ['# packets directly queued to recvmsg prequeue', 'TCPPrequeued'],
    ['# of bytes directly received from backlog', 'TCPDirectCopyFromBacklog'],
    ['# bytes directly in process context from backlog', 'TCPDirectCopyFromBacklog'],
    ['# of bytes directly received from prequeue', 'TCPDirectCopyFromPrequeue'],
    ['# bytes directly received in process context from prequeue', 'TCPDirectCopyFromPrequeue'],
    ['# packets dropped from prequeue', 'TCPPrequeueDropped'],
    ['# packet headers predicted', 'TCPHPHits'],
    ['# packets header predicted and directly queued to user', 'TCPHPHitsToUser'],
    ['# packet headers predicted and directly queued to user', 'TCPHPHitsToUser'],
    ['ran # times out of system memory during packet sending', 'SockMallocOOM'],
    ['# acknowledgments not containing data received', 'TCPPureAcks'],
    ['# acknowledgments not containing data payload received', 'TCPPureAcks'],
    ['# predicted acknowledgments', 'TCPHPAcks'],
    ['# times recovered from packet loss due to fast retransmit', 'TCPRenoRecovery'],
    ['# times recovered from packet loss due to sack data', 'TCPSackRecovery'],
    ['# times recovered from packet loss by selective acknowledgements', 'TCPSackRecovery'],
    ['# bad sack blocks received', 'TCPSACKReneging'],
    ['detected reordering # times using fack', 'TCPFACKReorder'],
    ['detected reordering # times using sack', 'TCPSACKReorder'],
    ['detected reordering # times using time stamp', 'TCPTSReorder'],
    ['detected reordering # times using reno fast retransmit', 'TCPRenoReorder'],
    ['# congestion windows fully recovered', 'TCPFullUndo'],
    ['# congestion windows fully recovered without slow start', 'TCPFullUndo'],
    ['# congestion windows partially recovered using hoe heuristic', 'TCPPartialUndo'],
    ['# congestion window recovered using dsack', 'TCPDSACKUndo'],
    ['# congestion windows recovered without slow start by dsack', 'TCPDSACKUndo'],
    ['# congestion windows recovered after partial ack', 'TCPLossUndo'],
    ['# congestion windows recovered without slow start after partial ack', 'TCPLossUndo'],
    ['# retransmits lost', 'TCPLostRetransmit'],
    ['# timeouts after reno fast retransmit', 'TCPRenoFailures'],
    ['# timeouts after sack recovery', 'TCPSackFailures'],
    ['# timeouts in loss state', 'TCPLossFailures'],
    ['# fast retransmits', 'TCPFastRetrans'],
    ['# forward retransmits', 'TCPForwardRetrans'],
    ['# retransmits in slow start', 'TCPSlowStartRetrans'],
    ['# other tcp timeouts', 'TCPTimeouts'],
    ['# classic reno fast retransmits failed', 'TCPRenoRecoveryFail'],
    ['# sack retransmits failed', 'TCPSackRecoveryFail'],
    ['# times receiver scheduled too late for direct processing', 'TCPSchedulerFailed'],
    ['# packets collapsed in receive queue due to low socket buffer', 'TCPRcvCollapsed'],
    ['# dsacks sent for old packets', 'TCPDSACKOldSent'],
    ['# dsacks sent for out of order packets', 'TCPDSACKOfoSent'],
    ['# dsacks received', 'TCPDSACKRecv'],
    ['# dsacks for out of order packets received', 'TCPDSACKOfoRecv'],
    ['# connections reset due to unexpected syn', 'TCPAbortOnSyn'],
    ['# connections reset due to unexpected data', 'TCPAbortOnData'],
    ['# connections reset due to early user close', 'TCPAbortOnClose'],
    ['# connections aborted due to memory pressure', 'TCPAbortOnMemory'],
    ['# connections aborted due to timeout', 'TCPAbortOnTimeout'],
    ['# connections aborted after user close in linger timeout', 'TCPAbortOnLinger'],
    ['# times unable to send rst due to no memory', 'TCPAbortFailed'],
    ['tcp ran low on memory # times', 'TCPMemoryPressures'],
    ['# tcp data loss events', 'TCPLoss'],
  ],
};

const lookup = new Map(Object.entries(SENTENCES).map(([section, entries]) => [section, new Map(entries)] as const));

/** A sentence in the spelling of the table: lower case, known misspellings of net-tools put right, no full stop. */
export function spell(sentence: string): string {
  return sentence
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[.:]$/, '')
    .replace('retransmited', 'retransmitted')
    .replace('send out', 'sent out')
    .replace('connections openings', 'connection openings')
    .replace('packetes', 'packets')
    .replace('packet headers', 'packet headers')
    .trim();
}

/**
 * The kernel's counter a sentence of `netstat -s` speaks of, e.g. `ListenDrops`; undefined for sentences nobody told us.
 * @param section `Ip`, `Tcp`, `TcpExt` …; a trailing 6 (`Udp6`) is ignored
 */
export function counterOf(section: string, sentence: string): string | undefined {
  return lookup.get(section.replace(/6$/, '').replace('UdpLite', 'Udp'))?.get(spell(sentence));
}

/** Whether a section head of `netstat -s` is one of the kernel's protocols. */
export function isProtocol(section: string): boolean {
  return /^(?:Ip|Icmp|IcmpMsg|Tcp|Udp|UdpLite|TcpExt|IpExt|MPTcpExt|Ip6|Icmp6|Udp6|UdpLite6|Sctp)$/.test(section);
}
