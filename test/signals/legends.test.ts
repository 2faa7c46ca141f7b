import { expect, test } from 'vitest';
import { legendOf } from '../../src/signals/legends.js';

test.each([
  ['RX Queue', 'kubeskoop_tcpsummary_tcprxqueue', undefined],
  ['passive opens', 'kubeskoop_tcp_passiveopens', 60_000],
  ['TIMEWAIT', 'kubeskoop_tcpsummary_tcptimewaitconn', undefined],
  ['TIME_WAIT', 'kubeskoop_tcpsummary_tcptimewaitconn', undefined],
  ['TCPListenDrops', 'kubeskoop_tcpext_listendrops', 60_000],
])('%s', (legend, metric, rate) => {
  expect(legendOf(legend)?.metric).toBe(metric);
  expect(legendOf(legend)?.rate).toBe(rate);
});

test('unknown legends stay unknown', () => {
  expect(legendOf('Busy System')).toBeUndefined();
  expect(legendOf('constructor')).toBeUndefined();
});
