import * as aq from 'arquero';
import type { Cause } from '../../src/causes/cause.js';
import type { ClockStatement } from '../../src/types/case.js';
import type { Knowledge } from '../../src/text/text.js';
import type { Diagnosis, Evidence, Hypothesis, Incident, Observed } from '../../src/types/diagnosis.js';
import type { Finding } from '../../src/types/finding.js';
import type { Inquiry } from '../../src/types/inquiry.js';
import type { Labels, Series, Source } from '../../src/types/series.js';
import type { Track } from '../../src/types/track.js';
import type { Unit } from '../../src/types/units.js';

/** Names of the things of the made-up incident; the hostile set tries to break out of every format. */
export interface Names {
  readonly node: string;
  readonly namespace: string;
  readonly hit: readonly string[];
  readonly clean: readonly string[];
  readonly file: string;
}

export const plainNames: Names = {
  node: 'node-1',
  namespace: 'shop',
  hit: ['checkout-0', 'cart-1'],
  clean: ['audit-2', 'mail-3'],
  file: 'metrics/rxqueue.json',
};

export const hostileNames: Names = {
  node: '__proto__',
  namespace: '"><img src=x onerror=alert(1)>',
  hit: ['</script><script>alert(1)</script>', '[click](javascript:alert(1)) `a` | b\n# heading'],
  clean: ['constructor', '\u202eevil\u0000 ![x](http://192.0.2.1/a.png) {n} ::: verdict'],
  file: '../../etc/<b>passwd</b>|`x`.json',
};

const START = Date.UTC(2026, 6, 14, 8, 0, 0);
const STEP = 5000;
const LENGTH = 120;
const FROM = START + 60 * STEP;
const TO = FROM + 26_000;

/** A wave that needs no randomness: the same in every run, never quite periodic. */
function noise(i: number, salt: number): number {
  const x = Math.sin(i * 12.9898 + salt * 78.233) * 43_758.5453;
  return x - Math.floor(x) - 0.5;
}

function makeTrack(
  signal: string,
  unit: Unit,
  labels: Labels,
  names: Names,
  shape: (i: number) => number,
  kind: 'gauge' | 'counter',
): Track {
  const time = Float64Array.from({ length: LENGTH }, (_, i) => START + i * STEP);
  const value = Float64Array.from({ length: LENGTH }, (_, i) => (i === 20 ? NaN : shape(i)));
  const key = `${signal}{${Object.entries(labels)
    .map(([n, v]) => `${n}="${v}"`)
    .join(',')}}`;
  const source: Source = {
    file: names.file,
    importer: 'prometheus-json',
    name: `foreign_${signal}`,
    conversion: '× 1',
  };
  const series: Series = {
    key,
    signal,
    labels,
    unit,
    kind,
    time,
    value,
    step: STEP,
    source,
    origin: { files: [names.file], file: 0, line: 0 },
  };
  const from = kind === 'gauge' ? time : Float64Array.from(time, (t) => t - STEP);
  return { series, from, time, value, law: kind === 'gauge' ? 'level' : 'count', step: STEP };
}

function inWindow(i: number): boolean {
  return i >= 60 && i <= 65;
}

function makeTracks(names: Names): Track[] {
  const pods = [...names.hit, ...names.clean];
  return pods
    .flatMap((pod, p) => {
      const labels = { node: names.node, namespace: names.namespace, pod };
      const hit = p < names.hit.length;
      const rate = 80 / (p + 1);
      return [
        makeTrack(
          'net.tcp.rx_queue',
          'bytes',
          labels,
          names,
          (i) => 300 + 200 * noise(i, p) + (hit && inWindow(i) ? 90_000 / (p + 1) : 0),
          'gauge',
        ),
        makeTrack('net.tcp.tx_queue', 'bytes', labels, names, (i) => 150 + 100 * noise(i, p + 9), 'gauge'),
        makeTrack(
          'net.tcp.established',
          'connections',
          labels,
          names,
          (i) => 12 + (hit && inWindow(i) ? 20 : 0),
          'gauge',
        ),
        makeTrack('net.tcp.segments_in', 'segments', labels, names, (i) => rate * 9 + 5 * noise(i, p + 20), 'counter'),
        makeTrack('net.tcp.passive_opens', 'connections', labels, names, (i) => passive(i, hit, rate, p), 'counter'),
      ];
    })
    .concat([
      makeTrack(
        'numa.node.pages_migrated',
        'pages',
        { node: names.node },
        names,
        (i) => (inWindow(i) ? 13_000 : 90 + 20 * noise(i, 50)),
        'counter',
      ),
      makeTrack(
        'cpu.node.iowait',
        'seconds',
        { node: names.node },
        names,
        (i) => 0.001 + 0.0005 * noise(i, 51),
        'counter',
      ),
    ]);
}

function passive(i: number, hit: boolean, rate: number, p: number): number {
  const usual = rate + 4 * noise(i, p + 30);
  if (!hit) return usual;
  if (i >= 60 && i <= 62) return usual * 1.6;
  return i > 62 && i <= 65 ? usual * 0.15 : usual;
}

function makeFindings(names: Names, tracks: readonly Track[]): Finding[] {
  const find = (signal: string, pod?: string): Track =>
    tracks.find((t) => t.series.signal === signal && (pod === undefined || t.series.labels['pod'] === pod))!;
  const make = (id: string, track: Track, extra: Partial<Finding>): Finding => ({
    id,
    pattern: 'burst',
    signal: track.series.signal,
    labels: track.series.labels,
    from: FROM,
    to: TO,
    uncertainty: STEP,
    peak: 90_000,
    baseline: 300,
    unit: track.series.kind === 'gauge' ? track.series.unit : (`${track.series.unit}/second` as Unit),
    strength: 40,
    p: 1e-9,
    direction: 'up',
    series: track.series.key,
    sources: [{ ...track.series.source, line: 61 }],
    ...extra,
  });
  return [
    make('f1', find('net.tcp.rx_queue', names.hit[0]), {}),
    make('f2', find('net.tcp.rx_queue', names.hit[1]), { peak: 45_000, strength: 30 }),
    make('f3', find('net.tcp.passive_opens', names.hit[0]), {
      pattern: 'compensation',
      peak: 128,
      baseline: 80,
      strength: 22,
      lobes: [
        { from: FROM, to: FROM + 12_000, direction: 'up', excess: 720, p: 1e-8 },
        { from: FROM + 12_000, to: TO, direction: 'down', excess: -1020, p: 1e-9 },
      ],
    }),
    make('f4', find('numa.node.pages_migrated'), { peak: 13_000, baseline: 90, strength: 60, from: FROM - STEP }),
    make('f5', find('net.tcp.established', names.hit[0]), { peak: 32, baseline: 12, strength: 20 }),
  ];
}

const observed = (over: Partial<Observed>): Observed => ({
  change: 0,
  mde: 1,
  unit: 'bytes',
  state: 'flat',
  baseline: 0,
  peak: 0,
  ...over,
});

function makeEvidence(names: Names, over: Partial<Evidence>): Evidence {
  return {
    clue: 'c',
    verdict: 'for',
    weight: 6,
    signal: 'net.tcp.rx_queue',
    labels: { node: names.node },
    observed: null,
    why: 'because',
    findings: [],
    sources: [{ file: names.file, line: 61, importer: 'prometheus-json', name: 'foreign_name', conversion: '× 1' }],
    ...over,
  };
}

function makeHypotheses(names: Names): Hypothesis[] {
  const e = (over: Partial<Evidence>): Evidence => makeEvidence(names, over);
  return [
    {
      cause: 'numa-balancing',
      probability: 0.86,
      weight: 14.2,
      verdict: 'probable',
      coverage: 0.8,
      sufficient: true,
      evidence: [
        e({
          clue: 'pages-migrated',
          signal: 'numa.node.pages_migrated',
          weight: 9,
          observed: observed({
            change: 12_900,
            mde: 60,
            unit: 'pages/second',
            state: 'up',
            baseline: 90,
            peak: 13_000,
          }),
        }),
        e({ clue: 'enabled', signal: 'sysctl.kernel.numa_balancing', weight: 2 }),
        e({
          clue: 'rx-queue',
          weight: 3,
          observed: observed({ change: 89_700, mde: 500, state: 'up', baseline: 300, peak: 90_000 }),
        }),
        e({
          clue: 'hint-faults',
          signal: 'numa.node.hint_faults',
          verdict: 'unknown',
          weight: 0,
          observed: observed({ state: 'absent', mde: null, baseline: null, peak: null, change: NaN }),
          missing: ['numa.node.hint_faults'],
        }),
      ],
    },
    {
      cause: 'disk-stall',
      probability: 0.01,
      weight: -11,
      verdict: 'excluded',
      coverage: 0.5,
      sufficient: null,
      evidence: [
        e({
          clue: 'iowait',
          signal: 'cpu.node.iowait',
          verdict: 'against',
          weight: -9,
          observed: observed({ change: 0.0002, mde: 0.004, unit: 'seconds/second', baseline: 0.001, peak: 0.0012 }),
        }),
        e({
          clue: 'rx-queue',
          weight: 3,
          observed: observed({ change: 89_700, mde: 500, state: 'up', baseline: 300, peak: 90_000 }),
          shadowed: true,
        }),
        e({
          clue: 'io-time',
          signal: 'block.device.io_time',
          verdict: 'unknown',
          weight: 0,
          observed: observed({ state: 'blind', mde: null, unit: 'seconds/second', baseline: 0.2, peak: 0.3 }),
        }),
      ],
    },
    {
      cause: 'unknown',
      probability: 0.13,
      weight: 0,
      verdict: 'possible',
      coverage: 0,
      sufficient: null,
      evidence: [],
    },
  ];
}

function makeIncident(names: Names): Incident {
  const pod = (name: string): { node: string; namespace: string; pod: string } => ({
    node: names.node,
    namespace: names.namespace,
    pod: name,
  });
  return {
    id: 'incident-a',
    window: { from: FROM, to: TO, uncertainty: STEP },
    verdict: 'probable',
    scope: {
      level: 'node',
      findings: ['f1', 'f2'],
      sources: [],
      affected: names.hit.map(pod),
      spared: names.clean.map(pod),
      label: { name: 'node', value: names.node, p: 0.02 },
      dose: { by: 'net.tcp.segments_in', tau: 0.91, p: 0.03, n: 4 },
    },
    hypotheses: makeHypotheses(names),
    keystone: { cause: 'numa-balancing', clue: 'pages-migrated', without: 0.4, leader: 'cpu-contention' },
    readings: [
      {
        id: 'reader-stalled',
        verdict: 'for',
        args: { pods: names.hit[0]!, change: 89_700 },
        findings: ['f1'],
        signals: ['net.tcp.rx_queue', 'net.tcp.tx_queue'],
        sources: [{ file: names.file, line: 61, importer: 'prometheus-json' }],
      },
      { id: 'sender-stalled', verdict: 'against', args: {}, findings: [], signals: ['net.tcp.tx_queue'], sources: [] },
      {
        id: 'slow-reads',
        verdict: 'unknown',
        args: {},
        findings: [],
        signals: ['net.socket.slow_reads_100ms'],
        sources: [],
      },
    ],
    next: [
      {
        id: 'sched-numa-delta',
        command: "grep -E 'numa_(pages_migrated|hint_faults)' /proc/vmstat",
        why: 'The per-thread count of moved pages during an episode settles it.',
        splits: ['numa-balancing', 'disk-stall'],
        bits: 0.8,
        predictions: [
          { cause: 'numa-balancing', expect: 'grows by thousands' },
          { cause: 'disk-stall', expect: 'stays' },
        ],
      },
    ],
    remedies: [
      {
        cause: 'numa-balancing',
        id: 'switch-off',
        do: 'Switch NUMA balancing off on this node',
        command: 'sysctl -w kernel.numa_balancing=0',
        verify: 'the count of moved pages stands still',
      },
    ],
    findings: ['f1', 'f2', 'f3', 'f4', 'f5'],
  };
}

/** One clock of every kind. */
function makeClocks(names: Names): ClockStatement[] {
  const evidence = {
    series: 4,
    compared: 160,
    equal: 158,
    correlation: 0.97,
    runnerUp: { zone: 'Asia/Tokyo', equal: 0.02 },
  };
  const skew = { offset: 42_000, uncertainty: 500, corrected: true, series: 3, equal: 88, against: 'metrics/a.json' };
  return [
    { file: names.file, zone: 'UTC', how: 'stated', shift: 0 },
    { file: 'csv/a.csv', zone: 'Asia/Shanghai', how: 'inferred', shift: -28_800_000, evidence },
    {
      file: 'csv/b.csv',
      zone: 'Asia/Shanghai',
      how: 'inferred',
      shift: -28_800_000,
      evidence: { series: 0, overlap: true },
    },
    { file: 'csv/c.csv', zone: 'UTC', how: 'assumed', shift: 0 },
    { file: 'logs/dmesg.txt', zone: 'boot', how: 'stated', shift: 1 },
    { file: 'logs/app.log', zone: 'UTC', how: 'stated', shift: -42_000, skew },
  ];
}

/** A finished inquiry with one incident on two of four pods, under the given names. */
export function makeInquiry(names: Names = plainNames, incidents = 1): Inquiry {
  const tracks = makeTracks(names);
  const findings = makeFindings(names, tracks);
  const span = { from: START, to: START + (LENGTH - 1) * STEP };
  const files = [
    {
      path: names.file,
      importer: 'prometheus-json',
      series: tracks.length,
      facts: 0,
      events: 0,
      samples: tracks.length * LENGTH,
      step: STEP,
      span,
      zone: 'Asia/Shanghai (inferred)',
      problems: [],
    },
    {
      path: 'notes.bin',
      importer: null,
      series: 0,
      facts: 0,
      events: 0,
      samples: 0,
      problems: [
        { code: 'BINARY_FILE' as const, file: 'notes.bin', message: 'not text: data', args: { kind: 'data' } },
      ],
    },
  ];
  const problems = files.flatMap((file) => file.problems);
  const diagnosis: Diagnosis = {
    schema: 1,
    tool: { name: 'inquest', version: '0.1.0' },
    dump: {
      name: names === plainNames ? 'shop-dump' : names.namespace,
      sha256: 'ab'.repeat(32),
      series: tracks.length,
      samples: tracks.length * LENGTH,
      facts: 1,
      events: 0,
      files,
    },
    span,
    artefacts: [],
    sampling: { finest: STEP, typical: STEP, coarsest: STEP },
    incidents: Array.from({ length: incidents }, (_, i) => ({ ...makeIncident(names), id: `incident-${i}` })),
    findings: incidents === 0 ? [] : findings,
    problems,
  };
  const fact = {
    name: 'sysctl.kernel.numa_balancing',
    value: 1,
    labels: {},
    source: { file: 'facts/sysctl.txt', line: 3, importer: 'sysctl' },
  };
  return {
    case: {
      name: diagnosis.dump.name,
      sha256: diagnosis.dump.sha256,
      files,
      series: tracks.map((t) => t.series),
      facts: [fact],
      events: [],
      entities: [],
      clocks: makeClocks(names),
      span,
      problems,
    },
    tracks,
    findings,
    diagnosis,
    options: {},
    table: (signal) => {
      const track = tracks.find((t) => t.series.signal === signal);
      return aq.table({ time: track?.time ?? [], value: track?.value ?? [] });
    },
  };
}

const cause = (over: Partial<Cause> & Pick<Cause, 'id' | 'title' | 'clues'>): Cause => ({
  mechanism: 'The kernel moves pages between nodes and the task waits.',
  chain: ['balancing is on', 'pages move', 'threads wait', 'sockets are not read'],
  next: [
    { id: 'sched-numa-delta', command: 'true', why: 'The per-thread count settles it.', expect: 'grows by thousands' },
  ],
  remedies: [{ id: 'switch-off', do: 'Switch it off', command: 'true', verify: 'the count stands still' }],
  references: [],
  ...over,
});

/** Knowledge that fits `makeInquiry`. */
export const knowledge: Knowledge = {
  causes: [
    cause({
      id: 'numa-balancing',
      title: 'NUMA page migration',
      clues: [
        {
          id: 'pages-migrated',
          expect: { kind: 'change', signal: 'numa.node.pages_migrated', direction: 'up', where: 'node' },
          says: 'pages move between nodes',
          ifSeen: 9,
          ifAbsent: -9,
          reason: 'r',
          role: 'mechanism',
        },
        {
          id: 'enabled',
          expect: { kind: 'fact', fact: 'sysctl.kernel.numa_balancing', where: 'node', above: 0 },
          says: 'balancing is on',
          ifSeen: 2,
          ifAbsent: -20,
          reason: 'r',
          role: 'precondition',
        },
      ],
      rivals: [{ cause: 'disk-stall', tellApart: 'the disk queue grows' }],
    }),
    cause({
      id: 'disk-stall',
      title: 'Disk stall',
      clues: [
        {
          id: 'iowait',
          expect: { kind: 'change', signal: 'cpu.node.iowait', direction: 'up', where: 'node' },
          says: 'CPUs wait for I/O',
          ifSeen: 6,
          ifAbsent: -9,
          reason: 'r',
        },
      ],
    }),
  ],
  readings: [
    {
      id: 'reader-stalled',
      order: 3,
      says: 'Bytes pile up unread in {pods}: {change} bytes more.',
      deniedBy: 'Nothing piles up unread.',
      all: [],
    },
    { id: 'sender-stalled', order: 4, says: 'Sending stalls too.', deniedBy: 'Sending works.', all: [] },
    { id: 'slow-reads', order: 12, says: 'Slow reads grow by {n}.', deniedBy: 'Reads are not slow.', all: [] },
  ],
};
