/** The incident of the article, from what the article has: metrics every 15 s, a few facts, one lifetime counter. */
import { beforeAll, describe, expect, it } from 'vitest';
import { openDump } from '../../src/dump/node.js';
import { importDump } from '../../src/import.js';
import { inquireCase } from '../../src/inquire.js';
import { prepare } from '../../src/series/prepare.js';
import type { Incident } from '../../src/types/diagnosis.js';
import { FAULT, simulate } from '../support/simulate.js';

const told = simulate(
  {
    step: 15,
    length: 900,
    trouble: { work: (t) => (t >= FAULT.from && t < FAULT.to ? 0 : 1) },
    facts: { 'cgroup.cpu.max': 0, 'total.numa.process.pages_migrated': 18_304 },
    only: [
      'net.tcp.established',
      'net.tcp.time_wait',
      'net.tcp.rx_queue',
      'net.tcp.tx_queue',
      'net.tcp.passive_opens',
      'net.tcp.listen_drops',
      'net.tcp.retransmits',
      'net.socket.slow_reads_100ms',
      'cpu.cgroup.throttled_time',
      'cpu.node.iowait',
      'cpu.node.idle',
      'memory.node.dirty',
    ],
  },
  3,
);

describe('the reference incident as told', () => {
  let incident: Incident;
  beforeAll(() => {
    incident = inquireCase(told).diagnosis.incidents[0]!;
  });

  it('is found, on one node', () => {
    expect(incident.scope.affected.map(({ node }) => node)).toContain('n1');
    expect(incident.scope.affected.map(({ node }) => node)).not.toContain('n2');
  });

  it('NUMA balancing ranks first, and is not confirmed', () => {
    expect(incident.hypotheses[0]!.cause).toBe('numa-balancing');
    expect(incident.verdict).not.toBe('confirmed');
    expect(incident.hypotheses.filter(({ verdict }) => verdict === 'confirmed')).toEqual([]);
  });

  it('asks for page migration per thread or node', () => {
    expect(incident.next.map(({ command }) => command).join('\n')).toMatch(/numa_pages_migrated|vmstat/);
  });
});

describe('the bundled recording of such an incident', () => {
  it('NUMA balancing ranks first, and its mechanism moved in the window', async () => {
    const of = prepare(await importDump(await openDump(['data/reference-incident/dump'])));
    const [first] = inquireCase(of).diagnosis.incidents[0]!.hypotheses;
    expect(first!.cause).toBe('numa-balancing');
    expect(first!.evidence.find(({ clue }) => clue === 'pages-migrated')?.verdict).toBe('for');
  });
});
