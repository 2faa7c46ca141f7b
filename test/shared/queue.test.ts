/** The queueing model behind the simulated cases has the shapes of the recorded servers. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { queue } from '../support/queue.js';
import { recordedServers, STOPPED, type Recorded } from '../support/recorded-servers.js';

const FOLDER = new URL('../../../shared/cases/reader-stall/', import.meta.url);
const here = existsSync(FOLDER);
if (!here) console.log('skipped: no recorded servers beside the project');

interface Shape {
  readonly highest: number;
  /** Seconds of the stall without any passive open. */
  readonly silent: number;
  /** Passive opens in the two seconds after it. */
  readonly rebound: number;
  readonly drops: number;
  readonly firstDrop: number;
  readonly received: number;
  readonly established: number;
  readonly closeWait: number;
}

type Row = readonly [t: number, opens: number, drops: number, established: number, received: number, closeWait: number];

function shapeOf(rows: readonly Row[]): Shape {
  const inside = rows.filter(([t]) => t > STOPPED.from + 1 && t <= STOPPED.to);
  const after = rows.filter(([t]) => t > STOPPED.to && t <= STOPPED.to + 2);
  return {
    highest: Math.max(...inside.map((row) => row[1])),
    silent: inside.filter((row) => row[1] === 0).length,
    rebound: Math.max(...after.map((row) => row[1])),
    drops: inside.reduce((sum, row) => sum + row[2], 0),
    firstDrop: inside.find((row) => row[2] > 0)?.[0] ?? NaN,
    received: Math.max(...inside.map((row) => row[4])),
    established: inside.at(-1)![3],
    closeWait: Math.max(...inside.map((row) => row[5])),
  };
}

function recorded({ file }: Recorded): Shape {
  const [head, ...lines] = readFileSync(new URL(file, FOLDER), 'utf8').trim().split('\n');
  const names = head!.split(',');
  const columns = ['t', 'passiveopens', 'listendrops', 'srv_est', 'srv_rxq', 'srv_closewait'].map((name) =>
    names.indexOf(name),
  );
  return shapeOf(lines.map((line) => columns.map((c) => Number(line.split(',')[c])) as unknown as Row));
}

function modelled({ setup, trouble }: Recorded): Shape {
  const seconds = queue(setup, trouble, 70, 1);
  return shapeOf(seconds.map((s, t) => [t + 1, s.opens, s.drops, s.established, s.received, s.closeWait]));
}

const near = (a: number, b: number, ratio: number): void => expect(Math.abs(a - b) / b).toBeLessThan(ratio);

describe.skipIf(!here)('the model of the queue against recorded servers', () => {
  it('keep-alive: rise, plunge, rebound; drops once the queue is full', () => {
    const [real, model] = [recorded(recordedServers.keepAlive), modelled(recordedServers.keepAlive)];
    near(model.highest, real.highest, 0.1);
    near(model.rebound, real.rebound, 0.15);
    near(model.received, real.received, 0.1);
    near(model.established, real.established, 0.1);
    near(model.drops, real.drops, 0.25);
    expect(Math.abs(model.silent - real.silent)).toBeLessThanOrEqual(1);
    expect(Math.abs(model.firstDrop - real.firstDrop)).toBeLessThanOrEqual(1);
  });

  it('throttled: more connections, no plunge, no drops', () => {
    const [real, model] = [recorded(recordedServers.throttle), modelled(recordedServers.throttle)];
    expect([model.drops, model.silent]).toEqual([real.drops, real.silent]);
    near(model.highest, real.highest, 0.1);
    near(model.established, real.established, 0.25);
  });

  it('churn: a plunge only, and connections left in CLOSE_WAIT', () => {
    const [real, model] = [recorded(recordedServers.churn), modelled(recordedServers.churn)];
    expect(Math.abs(model.silent - real.silent)).toBeLessThanOrEqual(1);
    expect([model.established, real.established]).toEqual([0, 0]);
    near(model.closeWait, real.closeWait, 0.1);
    near(model.received, real.received, 0.1);
    near(model.drops, real.drops, 0.15);
  });
});
