import { describe, expect, it } from 'vitest';
import { kubeskoopEvent } from '../../src/logs/kubeskoop.js';

describe('kubeskoopEvent', () => {
  it('names of older exporters mean the same kinds', () => {
    const kind = (type: string): string | undefined =>
      kubeskoopEvent(`type=${type} pod=web-1 namespace=shop cpu=3 latency=170 ms`)?.kind;
    expect(kind('NETSOFTIRQ_SCHED_100MS')).toBe(kind('SOFTIRQ_SCHED_100MS'));
    expect(kind('NETSOFTIRQ_EXCUTE_SLOW')).toBe('kubeskoop.SOFTIRQ_EXCUTE_SLOW');
    expect(kind('SOCKETLAT_READSLOW')).toBe('kubeskoop.SOCKETLAT_READSLOW');
    const json = '{"type":"NETSOFTIRQ_SCHED_100MS","timestamp":1714960801000000001,"labels":[],"msg":"cpu=3"}';
    expect(kubeskoopEvent(json)).toMatchObject({ kind: 'kubeskoop.SOFTIRQ_SCHED_100MS', time: 1_714_960_801_000 });
  });

  it('other lines are none', () => {
    for (const line of ['', 'type=x', '{"type":1,"msg":"a"}', 'type=TOO_SHORT', 'level=info msg=started'])
      expect(kubeskoopEvent(line)?.kind ?? 'none', line).toMatch(/^none$|^kubeskoop\.[A-Z]/);
    expect(kubeskoopEvent('level=info msg=started')).toBeUndefined();
  });
});
