import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonOnset, rankCulprits } from '../../src/culprits/rank.js';
import { nameParts } from '../../src/culprits/name-parts.js';
import { noise } from '../support/synth.js';

const services = ['front-end', 'carts', 'carts-db', 'orders', 'user', 'payment', 'shipping'];

/** Services under a load that doubles when the fault begins; one of them breaks. */
function outage(seed: number, broken: string, metric: 'cpu' | 'mem', fault = 300, n = 600) {
  const random = noise(seed);
  const series = services.flatMap((service) => {
    const level = 1 + 9 * random.uniform();
    const memory = 1e8 * (1 + random.uniform());
    const hit = (kind: string, i: number) => i >= fault && service === broken && kind === metric;
    return [
      {
        name: `${service}_cpu`,
        values: Float64Array.from(
          { length: n },
          (_, i) => level * (i >= fault ? 2 : 1) * (hit('cpu', i) ? 10 : 1) * (1 + 0.1 * random.normal()),
        ),
      },
      {
        name: `${service}_mem`,
        values: Float64Array.from(
          { length: n },
          (_, i) => memory * (hit('mem', i) ? 3 : 1) * (1 + 0.01 * random.normal()),
        ),
      },
    ];
  });
  return { time: Float64Array.from({ length: n }, (_, i) => i * 1000), series };
}

describe('rankCulprits', () => {
  it('names the culprit, not the load that befell all, in time and late', () => {
    let right = 0;
    let dated = 0;
    let runs = 0;
    for (const late of [0, 60, 120])
      for (const metric of ['cpu', 'mem'] as const)
        for (const [seed, service] of services.entries()) {
          const [best] = rankCulprits({ ...outage(seed, service, metric), onset: 300 + late });
          right += best!.name === `${service}_${metric}` ? 1 : 0;
          dated += Math.abs(best!.onset - 300) <= 1 ? 1 : 0;
          runs++;
        }
    console.log({ right, dated, runs });
    expect(right).toBe(runs);
    expect(dated).toBe(runs);
  });

  it('returns every series once, best first, and writes nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.oneof(fc.double({ noNaN: false }), fc.constant(0)), { minLength: 30, maxLength: 30 }), {
          maxLength: 8,
        }),
        fc.integer({ min: 0, max: 30 }),
        (columns, onset) => {
          const series = columns.map((values, i) => ({ name: `s${i}_cpu`, values }));
          const before = JSON.stringify(series);
          const ranked = rankCulprits({ time: Float64Array.from({ length: 30 }, (_, i) => i), series, onset });
          expect(ranked.map((one) => one.name).sort()).toEqual(series.map((one) => one.name).sort());
          ranked.forEach((one, i) => expect(one.score <= (ranked[i - 1]?.score ?? Infinity)).toBe(true));
          expect(JSON.stringify(series)).toBe(before);
        },
      ),
      { numRuns: 150, seed: 2 },
    );
  });

  it('does not depend on units', () => {
    const { time, series } = outage(4, 'user', 'mem');
    const order = (list: typeof series) => rankCulprits({ time, series: list, onset: 330 }).map((one) => one.name);
    expect(order(series.map((one) => ({ ...one, values: one.values.map((v) => v * 1024) })))).toEqual(order(series));
  });

  it('keeps the symptom last and clears the caller of its callee', () => {
    const { time, series } = outage(1, 'carts-db', 'cpu');
    const random = noise(9);
    const latency = Float64Array.from({ length: 600 }, (_, i) => (i >= 300 ? 50 : 1) * (1 + 0.02 * random.normal()));
    const all = [...series, { name: 'carts_latency', values: latency }];
    const alone = rankCulprits({ time, series: all, onset: 300 });
    expect(alone[0]!.name).toBe('carts_latency');
    const asked = rankCulprits({ time, series: all, onset: 300, target: 'carts_latency' });
    expect(asked[0]!.name).toBe('carts-db_cpu');
    expect(asked.at(-1)!.name).toBe('carts_latency');
    const drawn = rankCulprits({
      time,
      series: all,
      onset: 300,
      graph: [
        ['front-end', 'carts'],
        ['carts', 'carts-db'],
      ],
    });
    const score = (list: typeof alone, name: string) => list.find((one) => one.name === name)!.score;
    expect(score(drawn, 'carts_latency')).toBeLessThan(score(alone, 'carts_latency'));
    expect(score(drawn, 'carts-db_cpu')).toBe(score(alone, 'carts-db_cpu'));
  });

  it('says nothing without a before or an after', () => {
    const { time, series } = outage(2, 'user', 'cpu');
    for (const onset of [0, 2, 600])
      expect(rankCulprits({ time, series, onset }).every((one) => one.score === 0)).toBe(true);
    expect(rankCulprits({ time: [], series: [], onset: 0 })).toEqual([]);
  });
});

describe('commonOnset', () => {
  it('stays at the alarm when nothing happened before it', () => {
    const random = noise(1);
    const flat = services.map((name) => ({
      name,
      values: Float64Array.from({ length: 400 }, (_, i) => random.normal() + (i >= 200 ? 30 : 0)),
    }));
    expect(commonOnset(flat, 200, 200)).toBe(200);
  });
});

describe('nameParts', () => {
  it('parts names at either end, with several tokens, and by labels', () => {
    const end = nameParts([
      'carts_cpu',
      'user_cpu',
      'orders-db_cpu',
      'carts_lat_90',
      'user_lat_90',
      'orders_lat_90',
      'alone',
    ]);
    expect(end.get('orders-db_cpu')).toEqual({ entity: 'orders-db', kind: 'cpu' });
    expect(end.get('carts_lat_90')).toEqual({ entity: 'carts', kind: 'lat_90' });
    expect(end.get('alone')).toEqual({ entity: 'alone', kind: '' });
    const begin = nameParts(['cpu.carts', 'cpu.user', 'cpu.orders']);
    expect(begin.get('cpu.user')).toEqual({ entity: 'user', kind: 'cpu' });
    const labels = nameParts(['cpu{pod="a"}', 'cpu{pod="b"}', 'cpu{pod="c"}']);
    expect(labels.get('cpu{pod="b"}')).toEqual({ entity: '{pod="b"}', kind: 'cpu' });
    expect(nameParts(['__proto__', 'constructor']).size).toBe(2);
  });
});
