import { describe, expect, it } from 'vitest';
import { timelineRow } from '../../src/notebook/parts/pictures.js';
import { createText } from '../../src/text/text.js';
import type { Track } from '../../src/types/track.js';
import { knowledge, makeInquiry } from '../support/inquiry.js';

const text = createText('en', knowledge);
const inquiry = makeInquiry();
const incident = inquiry.diagnosis.incidents[0]!;
const hit = incident.scope.affected[0]!.pod;
const lines = (tracks: readonly Track[]): number =>
  timelineRow('net.tcp.rx_queue', { ...inquiry, tracks }, incident, text)!.lines.length;

describe('rows of a timeline', () => {
  const fine = inquiry.tracks.find((t) => t.series.signal === 'net.tcp.rx_queue' && t.series.labels['pod'] === hit)!;
  const every = (n: number): Track => ({
    ...fine,
    step: n * fine.step,
    time: fine.time.filter((_, i) => i % n === 0),
    value: fine.value.filter((_, i) => i % n === 0),
  });

  it('hold no coarser copy of what a finer source says of an affected pod', () => {
    expect(lines([fine, every(6)])).toBe(1);
    expect(lines([fine, every(2)])).toBe(2);
  });

  it('keep it where the finer source does not see the whole incident', () => {
    const before = fine.time.findLastIndex((t) => t < incident.window.from);
    const short = { ...fine, time: fine.time.slice(0, before), value: fine.value.slice(0, before) };
    expect(lines([short, every(6)])).toBe(2);
  });
});
