import { describe, expect, it } from 'vitest';
import { Pseudonyms } from '../../src/redaction/pseudonyms.js';
import { podParts } from '../../src/workloads/pod-name.js';
import { redactInquiry } from '../../src/redaction/inquiry.js';
import type { Entity } from '../../src/types/case.js';
import { makeInquiry } from '../support/inquiry.js';

const entities: Entity[] = [
  { type: 'node', labels: { node: 'cn-hangzhou.10.4.23.216' } },
  { type: 'node', labels: { node: 'worker7.corp.example' } },
  { type: 'namespace', labels: { namespace: 'shop' } },
  { type: 'namespace', labels: { namespace: 'kube-system' } },
  { type: 'pod', labels: { pod: 'checkout-7c9f8d6b5f-x2k4q' } },
  { type: 'pod', labels: { pod: 'checkout-7c9f8d6b5f-bb7zz' } },
  { type: 'pod', labels: { pod: 'match-gw-1' } },
];

describe('pseudonyms', () => {
  it('keep relations: pods of a workload, neighbours in a network, the same for the same', () => {
    const p = new Pseudonyms(entities);
    const [a, b] = ['checkout-7c9f8d6b5f-x2k4q', 'checkout-7c9f8d6b5f-bb7zz'].map((name) => p.text(name));
    expect(a).not.toContain('checkout');
    expect(podParts(a!).base).toBe(podParts(b!).base);
    expect(podParts(a!).suffix[0]).toBe(podParts(b!).suffix[0]);
    expect(a).not.toBe(b);
    expect(p.text('match-gw-1')).toMatch(/^workload-\d+-1$/);
    const [x, y, z] = p.text('10.4.23.216 10.4.23.9 10.4.24.9').split(' ');
    expect(x!.split('.').slice(0, 3)).toEqual(y!.split('.').slice(0, 3));
    expect(x!.split('.').slice(0, 3)).not.toEqual(z!.split('.').slice(0, 3));
    expect(p.text('10.4.23.216')).toBe(x);
  });

  it('leave formats, numbers, times and common names alone', () => {
    const p = new Pseudonyms(entities);
    for (const text of [
      '127.0.0.1',
      '0.0.0.0',
      'kube-system',
      '2026-07-14T08:05:07.123Z',
      '08:05:07',
      'shop_requests_total',
      'workshop',
      '1784042219685',
      'Linux version 5.10.134-16.al8',
      '[1,"0.25"]',
      'vm.dirty_ratio = 20',
    ])
      expect(p.text(text)).toBe(text);
  });

  it('find names in values, paths, host names and inner forms', () => {
    const p = new Pseudonyms(entities);
    expect(p.text('{"namespace":"shop","pod":"match-gw-1"}')).toBe(
      `{"namespace":"${p.text('"shop"').slice(1, -1)}","pod":"${p.text('match-gw-1')}"}`,
    );
    expect(p.text('proc/1/cgroup/match-gw-1/cpu.stat')).not.toContain('match-gw');
    expect(p.text('worker7.corp.example')).toMatch(/^node-\d+$/);
    expect(p.text('ip-192-168-0-66.ec2.internal dhcp-192-168-0-66')).not.toMatch(/192-168/);
    expect(p.text('fe80::1:2:3:4 aa:bb:cc:dd:ee:ff ops@corp.example')).not.toMatch(/fe80|aa:bb|corp/);
    expect(p.text('password=hunter22 Bearer abcdefghijk')).not.toMatch(/hunter22|abcdefghijk/);
    expect(p.leftovers(p.text('match-gw-1 xmatch-gw-1'))).toContain('match-gw-1');
  });

  it('hexadecimal addresses of socket tables stay addresses, the same as in text', () => {
    const p = new Pseudonyms(entities);
    const dotted = p.text('10.4.0.215');
    const line = p.sockets('   0: D700040A:1F90 00000000:0000 0A 00000000:00000000');
    const hex = /: ([0-9A-F]{8}):1F90/.exec(line)![1]!;
    expect([6, 4, 2, 0].map((at) => parseInt(hex.slice(at, at + 2), 16)).join('.')).toBe(dotted);
    expect(line).toContain('00000000:0000 0A');
  });

  it('are the same whatever the order of the entities', () => {
    const text = 'match-gw-1 worker7.corp.example checkout-7c9f8d6b5f-x2k4q';
    expect(new Pseudonyms([...entities].reverse()).text(text)).toBe(new Pseudonyms(entities).text(text));
  });

  it('an inquiry keeps its numbers and loses its names', () => {
    const inquiry = {
      ...makeInquiry(),
      case: { ...makeInquiry().case, entities: [{ type: 'pod' as const, labels: { pod: 'checkout-0' } }] },
    };
    const redacted = redactInquiry(inquiry);
    const said = JSON.stringify(redacted.diagnosis);
    expect(said).not.toContain('checkout-0');
    expect(redacted.diagnosis.incidents[0]!.hypotheses[0]!.probability).toBe(0.86);
    expect(redacted.tracks[0]!.value).toBe(inquiry.tracks[0]!.value);
    expect(redacted.tracks[0]!.series.labels['pod']).toBe(redacted.diagnosis.incidents[0]!.scope.affected[0]!.pod);
  });
});
