import { beforeAll, describe, expect, it } from 'vitest';
import { openDump } from '../../src/dump/node.js';
import { importDump } from '../../src/import.js';
import { inquireCase } from '../../src/inquire.js';
import { alignClocks } from '../../src/series/clock.js';
import { prepare } from '../../src/series/prepare.js';
import type { Case } from '../../src/types/case.js';
import type { Inquiry } from '../../src/types/inquiry.js';
import { highestRate, verify } from '../../src/verification/verify.js';
import { clipped } from '../support/reshape.js';

describe('highestRate', () => {
  it('is the rule of three without events, and Garwood’s limit with some', () => {
    expect(highestRate(0, 6)).toBeCloseTo(2.9957 / 6, 3);
    expect(highestRate(2, 1)).toBeCloseTo(6.296, 2);
    expect(highestRate(0, 0)).toBe(Infinity);
  });
});

describe('verify, on the bundled incident', () => {
  let whole: Case;
  let before: Inquiry;
  let quiet: Inquiry;

  beforeAll(async () => {
    whole = prepare(alignClocks(await importDump(await openDump(['data/reference-incident/dump']))));
    before = inquireCase(whole);
    const { from } = before.diagnosis.incidents[0]!.window;
    quiet = inquireCase(clipped(whole, -Infinity, from - 20_000));
  });

  it('calls the same dump a failure: the mechanism is at work as before', () => {
    const result = verify(before, before);
    expect(result.cause).toBe('numa-balancing');
    expect(result.verdict).toBe('failed');
    expect(result.watched[0]).toMatchObject({ signal: 'numa.node.pages_migrated', verdict: 'unchanged' });
  });

  it('is not convinced by a quiet span that is too short, and says how long it takes', () => {
    const result = verify(before, quiet);
    expect(result.verdict).toBe('too early to tell');
    expect(result.watched[0]).toMatchObject({ verdict: 'changed as expected' });
    expect(result.episodes.needed).toBeGreaterThan(result.episodes.afterSpan);
  });

  it('has nothing to grade without an incident before', () => {
    expect(verify(quiet, quiet)).toMatchObject({ verdict: 'no incident before', episodes: { before: 0, after: 0 } });
    // whatever its cause, an incident after is one
    expect(verify(quiet, before)).toMatchObject({ verdict: 'no incident before', episodes: { before: 0, after: 1 } });
  });
});
