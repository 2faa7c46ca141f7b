import { expect, it } from 'vitest';
import { ping } from '../../src/importers/ping.js';
import { checkImport, checkNotMine, readWith } from '../support/check-import.js';

checkImport('ping', 'dated-lossy.txt');
checkImport('ping', 'busybox-wrap.txt');
checkImport('ping', 'cut-ipv6.txt');
checkNotMine('ping', {
  'a log that mentions ping': '2024-05-06T10:00:00Z INFO PING 10.0.0.2 ok time=3 ms\n',
  'a traceroute': ' 1  10.0.0.1 (10.0.0.1)  0.412 ms  0.398 ms  0.401 ms\n',
  redis: '1714989600.123456 [0 10.0.0.1:40000] "PING"\n',
});

it('counts lost packets across the overflow of the sequence number', async () => {
  const lines = [65533, 65535, 0, 3].map((seq) => `64 bytes from 10.0.0.2: icmp_seq=${seq} ttl=64 time=0.1 ms`);
  const { series } = await readWith(ping, 'ping.txt', new TextEncoder().encode(lines.join('\n')));
  const lost = series.find(({ name }) => name === 'ping.lost')!;
  expect([...lost.value]).toEqual([0, 1, 1, 3]);
  expect([...lost.time].map((time) => time / 1000)).toEqual([65533, 65535, 65536, 65539]);
});
