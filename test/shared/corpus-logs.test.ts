/** Every expectation that the corpus states for logs, Kubernetes, traces and bundles, through the public path. */
import { describe, expect, it } from 'vitest';
import type { LogEvent } from '../../src/types/series.js';
import {
  corpusFiles,
  hasCorpus,
  importCorpus,
  lineIs,
  Tally,
  type CorpusFile,
  type CorpusImport,
  type Expectation,
  type Outcome,
} from '../support/corpus.js';

type Judge = (expected: Expectation, got: CorpusImport, entry: CorpusFile) => Outcome | Promise<Outcome>;

const met: Outcome = { met: true };
const is = (ok: boolean, found: unknown): Outcome => (ok ? met : { met: false, found });
const none = (why: string): Outcome => ({ met: null, why });
const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function untimed(got: CorpusImport): number {
  let count = 0;
  for (const report of got.reports) {
    for (const problem of report.problems) if (problem.code === 'UNTIMED_LINES') count += Number(problem.args['count']);
  }
  return count;
}

const codes = (got: CorpusImport): string[] => got.reports.flatMap((report) => report.problems.map(({ code }) => code));
const events = (got: CorpusImport): readonly LogEvent[] => got.imported.events;
const entries = (got: CorpusImport): number => events(got).length + untimed(got);

/** The line holds what the event says, and the event has a time. */
function holds(line: string, event: LogEvent | undefined): Outcome {
  if (event === undefined) return { met: false, found: 'no event' };
  const said = event.message.trim().slice(0, 60).split('\n')[0] ?? '';
  const plain = line.replace(/\\"/g, '"');
  return is(Number.isFinite(event.time) && (line.includes(said) || plain.includes(said)), event.message);
}

/** Number of lines: entries, or the line that the last entry comes from. */
function lines(value: unknown, got: CorpusImport): Outcome {
  const numbers = [
    ...events(got).map((event) => event.source.line ?? 0),
    ...got.imported.facts.map((fact) => fact.source.line ?? 0),
  ];
  for (const report of got.reports) for (const problem of report.problems) numbers.push(problem.line ?? 0);
  const distinct = new Set(numbers).size;
  const last = numbers.reduce((most, line) => Math.max(most, line), 0);
  const bad = codes(got).includes('BAD_JSON')
    ? 1 + got.reports.flatMap((r) => r.problems).reduce((n, p) => n + (p.code === 'BAD_JSON' ? (p.more ?? 0) : 0), 0)
    : 0;
  const total = entries(got);
  return is([total, total + bad, distinct, last].includes(Number(value)), { total, bad, distinct, last });
}

const KERNEL: Readonly<Record<string, string>> = {
  'hung task': 'kernel.hung-task',
  docker_hung: 'kernel.hung-task',
  'conntrack table full': 'kernel.conntrack-full',
  oom_kill: 'kernel.oom-kill',
  null_pointer: 'kernel.oops',
  readonly_filesystem: 'kernel.filesystem-error',
};

function happened(kind: string, got: CorpusImport): number {
  const timed = events(got).filter((event) => event.kind === kind).length;
  return timed + got.facts(`event.${kind}`).reduce((sum, fact) => sum + Number(fact.value), 0);
}

/** Expectations that logs of every kind share. */
const log: Judge = (expected, got, entry) => {
  const value = expected['value'];
  if ('event' in expected) {
    const kind = KERNEL[text(expected['event'])] ?? '?';
    const count = happened(kind, got);
    // `count` is not given for a single message that the kernel prints in several lines
    return is('count' in expected ? count === expected['count'] : count > 0, { kind, count });
  }
  if ('time_us' in expected) return journalEntry(expected, got);
  if ('stream' in expected && 'severity' in expected) return criEntry(expected, got);
  if ('format' in expected) return is(got.importers.includes('otlp-json'), got.importers);
  const [first] = events(got);
  const last = events(got).at(-1);
  switch (expected['fact']) {
    case 'lines':
      return lines(value, got);
    case 'entries':
    case 'jc records':
      return is(entries(got) === value, entries(got));
    case 'OOM/hung/conntrack events':
      return is(
        ['kernel.oom-kill', 'kernel.hung-task', 'kernel.conntrack-full'].every((kind) => happened(kind, got) === 0),
        'some',
      );
    case 'first':
    case 'first line':
    case 'first entry':
      return holds(text(value), first);
    case 'first non-empty line':
      return text(value).startsWith('-- Logs begin') ? header(text(value), got) : holds(text(value), first);
    case 'last non-empty line':
      if (text(value) === '-- No entries --')
        return is(entries(got) === 0 && codes(got).includes('NO_ITEMS'), codes(got));
      return untimed(got) > 0 && !text(value).includes(last?.message ?? '\u0000')
        ? // it carries no time: no event, but told
          lineIs('last non-empty line', value, got, entry)
        : holds(text(value), last);
    case 'header':
      return header(text(value), got);
    case '"-- Reboot --" lines':
      return is(got.facts('journal.reboot').length === value, got.facts('journal.reboot').length);
    case 'lines without timestamp':
      return is(events(got).length === 1 && untimed(got) > 0, events(got).length);
    case 'timestamped line':
      return is(
        first !== undefined && Math.abs(first.time - 8687.252) < 1e-6 && text(value).endsWith(first.message),
        first,
      );
    case 'zone':
      return is(
        codes(got).includes('UNKNOWN_ZONE') && [...got.imported.clocks.values()][0]?.kind === 'local',
        codes(got),
      );
    case 'same timestamp':
      return is(first?.time === last?.time && events(got).length === 2, [first?.time, last?.time]);
    default:
      return none('no rule');
  }
};

/** The journal's header gives year and zone to entries that have neither. */
function header(line: string, got: CorpusImport): Outcome {
  const year = Number(/\b(\d{4})-/.exec(line)?.[1]);
  const all = events(got);
  if (all.length === 0) return is(got.importers[0] === 'journalctl', got.importers);
  const clock = [...got.imported.clocks.values()][0]?.kind;
  return is(clock === 'utc' && all.every((event) => new Date(event.time).getUTCFullYear() === year), clock);
}

function journalEntry(expected: Expectation, got: CorpusImport): Outcome {
  const time = Number(expected['time_us']) / 1000;
  const event = events(got).find((one) => Math.abs(one.time - time) < 1e-3);
  if (event === undefined) return { met: false, found: 'no event at that time' };
  const ok =
    (expected['message'] === undefined || event.message === expected['message']) &&
    (expected['unit'] === undefined || event.labels['unit'] === expected['unit']) &&
    (expected['host'] === undefined || event.labels['node'] === expected['host']) &&
    (expected['PRIORITY'] === undefined || event.kind === 'log.fatal') &&
    (expected['transport'] !== 'kernel' || event.kind.startsWith('kernel.'));
  return is(ok, event);
}

function criEntry(expected: Expectation, got: CorpusImport): Outcome {
  const time = Date.parse(text(expected['time']));
  const event = events(got).find((one) => Math.floor(one.time) === time);
  const kind = { I: 'log.info', W: 'log.warn', E: 'log.error', F: 'log.fatal' }[text(expected['severity'])];
  const ok =
    event !== undefined &&
    event.labels['stream'] === expected['stream'] &&
    event.kind === kind &&
    event.message.includes(text(expected['file']));
  return is(ok, event);
}

const loki: Judge = (expected, got) => {
  const value = expected['value'];
  const series = got.imported.series.filter(({ name }) => name !== 'log.lines');
  if ('stream' in expected) {
    const digits = text(expected['time_ns']);
    const time = Number(BigInt(digits) / 1000000n) + Number(BigInt(digits) % 1000000n) / 1e6;
    const found = events(got).find(
      (event) =>
        Math.abs(event.time - time) < 1e-3 &&
        event.message === expected['line'] &&
        contains(event.labels, expected['stream']),
    );
    const parsed = (expected['structured_metadata'] as { parsed?: object } | null)?.parsed;
    return is(found !== undefined && (parsed === undefined || contains(found.labels, parsed)), found);
  }
  if ('metric' in expected) {
    const wanted = text(expected['value'])
      .toLowerCase()
      .replace('inf', 'Infinity')
      .replace('Infinityinity', 'Infinity');
    const named = series.filter(
      (one) =>
        contains(one.labels, expected['labels']) && (expected['metric'] === null || one.name === expected['metric']),
    );
    const time = Number(expected['time']) * 1000;
    const found = named.flatMap((one) => [...one.value].filter((_, i) => Math.abs(one.time[i]! - time) < 0.01));
    return is(
      found.some((sample) => sample === Number(wanted)),
      found,
    );
  }
  const says = (type: string): boolean =>
    got.reports.some((report) => report.format?.toLowerCase().includes(type) === true);
  switch (expected['fact']) {
    case 'resultType':
      return is(says(text(value)), got.reports[0]?.format);
    case 'streams':
      return is((got.fact('loki.streams') ?? 0) === value, got.fact('loki.streams'));
    case 'entries':
      return is(entries(got) === value, entries(got));
    case 'duplicate entry kept': {
      const count = events(got).filter((event) => event.message === 'log line info 2').length;
      return is(count === 2, count);
    }
    case 'series_count':
      return is(series.length === value, series.length);
    case 'sample_count': {
      const count = series.reduce((sum, one) => sum + one.time.length, 0);
      return is(count === value, count);
    }
    case 'content':
      return is(got.reports[0]?.importer === null && codes(got).includes('NOT_RECOGNISED'), codes(got));
    default:
      return none('no rule');
  }
};

function contains(labels: Readonly<Record<string, string>>, wanted: unknown): boolean {
  return Object.entries((wanted ?? {}) as Record<string, string>).every(([name, value]) => labels[name] === value);
}

const logcli: Judge = (expected, got) => {
  const all = events(got);
  if ('row' in expected) {
    const event = all[Number(expected['row'])];
    if (event === undefined) return { met: false, found: 'no such row' };
    const time = /^\S{20,35}/.exec(text(expected['time'] ?? ''))?.[0];
    const ok =
      (time === undefined || event.time === Date.parse(time)) &&
      (expected['line'] === undefined || event.message === expected['line']) &&
      (typeof expected['labels'] !== 'object' || contains(event.labels, expected['labels'])) &&
      (typeof expected['labels'] !== 'string' || Object.keys(event.labels).length === 0) &&
      (expected['time_ns_part'] === undefined ||
        Math.abs((event.time % 1000) * 1e6 - Number(expected['time_ns_part'])) < 300);
    return is(ok, event);
  }
  if (expected['fact'] === 'year') {
    return is(codes(got).includes('YEAR_UNKNOWN') || codes(got).includes('YEAR_ASSUMED'), codes(got));
  }
  return is(all.length === expected['value'], all.length);
};

const explore: Judge = (expected, got) => {
  const all = events(got);
  const { fact, value } = expected;
  if ('row' in expected) {
    const event = all[Number(expected['row'])];
    const ok =
      event?.kind === `log.${text(expected['level']).toLowerCase()}` &&
      event.message.includes(text(expected['msg'])) &&
      event.labels['trace'] === expected['trace_id'] &&
      event.message.includes(text(expected['service_name']));
    return is(ok, event);
  }
  if ('time_ms' in expected) {
    const event = all.find((one) => one.time === expected['time_ms']);
    return is(event?.kind === 'log.info', event);
  }
  switch (fact) {
    case 'entries':
      return is(all.length === value, all.length);
    case 'line limit':
      return is(
        got.fact('log.limit') === 1000 && got.fact('log.returned') === 77 && !codes(got).includes('LIMIT_REACHED'),
        codes(got),
      );
    case 'time zone':
      return is([...got.imported.clocks.values()][0]?.kind === 'local', [...got.imported.clocks.values()]);
    case 'header lines displayed':
      return is(got.fact('log.displayed') === value, got.fact('log.displayed'));
    default:
      return none('no rule');
  }
};

const kubeskoop: Judge = (expected, got) => {
  if (expected['fact'] === 'time') return is(events(got).length === 0 && untimed(got) === 1, events(got).length);
  const { type, ...labels } = expected;
  const name = `kubeskoop.${text(type)}`;
  const wanted = Object.fromEntries(
    Object.entries(labels).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
  const found = [...events(got).filter(({ kind }) => kind === name), ...got.facts(`event.${name}`)];
  return is(
    found.some((one) => contains(one.labels, wanted)),
    found,
  );
};

const kubernetesEvents: Judge = (expected, got) => {
  const all = events(got);
  const { fact, value } = expected;
  switch (fact) {
    case 'kind':
      return is(got.reports[0]?.format?.startsWith('list of') === true, got.reports[0]?.format);
    case 'items':
      return is(all.length === value, all.length);
    case 'by type/reason': {
      const counts: Record<string, number> = {};
      for (const event of all) {
        const key = `${event.labels['type'] ?? ''}/${event.kind.replace('kubernetes.', '')}`;
        counts[key] = (counts[key] ?? 0) + 1;
      }
      return is(
        Object.entries(value as Record<string, number>).every(([key, count]) => counts[key] === count),
        counts,
      );
    }
    case 'sum of count fields': {
      const sum = all.reduce((total, event) => total + (event.count ?? 0), 0);
      return is(sum === value, sum);
    }
    case 'items with null/absent lastTimestamp': {
      // such an item has neither a count nor a span
      const single = all.filter((event) => event.count === undefined && event.duration === undefined).length;
      return is(single === value, single);
    }
    case 'first item': {
      const { reason, object, lastTimestamp } = value as Record<string, string>;
      const [event] = all;
      const end = (event?.time ?? 0) + (event?.duration ?? 0);
      const ok =
        event?.kind === `kubernetes.${reason ?? ''}` &&
        event.labels['object'] === object &&
        end === Date.parse(lastTimestamp ?? '');
      return is(ok, event);
    }
    default:
      return none('no rule');
  }
};

const kubernetesPods: Judge = (expected, got) => {
  const pods = new Set(got.imported.facts.map((fact) => fact.labels['pod']).filter((pod) => pod !== undefined));
  switch (expected['fact']) {
    case 'kind':
      return is(got.reports[0]?.format?.startsWith('list of') === true, got.reports[0]?.format);
    case 'items':
      return is(pods.size === expected['value'], pods.size);
    case 'names':
      return is(
        (expected['value'] as string[]).every((pod) => pods.has(pod)),
        [...pods],
      );
    case 'restartCount sum': {
      const sum = got.facts('kubernetes.container.restarts').reduce((total, fact) => total + Number(fact.value), 0);
      return is(sum === expected['value'], sum);
    }
    default:
      return none('no rule');
  }
};

const kubectl: Judge = (expected, got) => {
  const { fact, value } = expected;
  if ('node' in expected) {
    const labels = { node: text(expected['node']) };
    const found = [got.fact('kubernetes.node.status', labels), got.fact('kubernetes.node.kubelet', labels)];
    return is(found[0] === expected['status'] && found[1] === expected['version'], found);
  }
  if ('pod' in expected) {
    const labels = { namespace: text(expected['namespace']), pod: text(expected['pod']) };
    const cpu = got.fact('kubernetes.pod.cpu_usage', labels);
    const memory = got.fact('kubernetes.pod.memory_usage', labels);
    const ok =
      text(expected['cpu']).includes(`= ${String(cpu)} cores`) &&
      text(expected['memory']).includes(`= ${String(memory)} bytes`);
    return is(ok, { cpu, memory });
  }
  switch (fact) {
    case 'rows':
      return is(got.fact('kubectl.rows') === value, got.fact('kubectl.rows'));
    case 'sum CPU (m)': {
      const sum = got.facts('kubernetes.pod.cpu_usage').reduce((total, one) => total + Number(one.value), 0);
      return is(Math.round(sum * 1000) === value, sum);
    }
    case 'first non-empty line':
      return is(got.importers[0] === 'kubectl-get', got.importers);
    case 'last non-empty line': {
      const [node, status] = text(value).split(/\s+/);
      return is(
        got.fact('kubernetes.node.status', { node: node ?? '' }) === status,
        got.facts('kubernetes.node.status'),
      );
    }
    case 'lines':
      return lines(value, got);
    default:
      return none('no rule');
  }
};

const trace: Judge = (expected, got) => {
  const all = events(got).filter(({ kind }) => kind === 'trace.span');
  const { fact, value } = expected;
  if ('span' in expected) {
    const nanoseconds = expected['start_ns'] === undefined ? undefined : BigInt(text(expected['start_ns']));
    const micro = Number(expected['timestamp_us'] ?? expected['startTime_us']);
    const start = nanoseconds === undefined ? micro / 1000 : Number(nanoseconds / 1000n) / 1000;
    const length = Number(expected['duration_us'] ?? Number(expected['duration_ns']) / 1000) / 1000;
    const name = expected['name'] ?? expected['operation'];
    const found = all.find((event) => event.labels['span'] === expected['span'] && event.message === name);
    const ok =
      found !== undefined &&
      found.labels['trace'] === expected['trace'] &&
      Math.abs(found.time - start) < 2e-3 &&
      Math.abs((found.duration ?? Number.NaN) - length) < 1e-9;
    return is(ok, found);
  }
  const services = new Set(all.map((event) => event.labels['service'] ?? ''));
  switch (fact) {
    case 'spans':
      return is(all.length === value && got.fact('trace.spans') === value, all.length);
    case 'traces':
      return is(new Set(all.map((event) => event.labels['trace'])).size === value, got.fact('trace.traces'));
    case 'spans without parent': {
      const roots = all.filter((event) => event.labels['parent'] === undefined).length;
      return is(roots === value, roots);
    }
    case 'spans without duration': {
      const open = all.filter((event) => event.duration === undefined).length;
      return is(open === value, open);
    }
    case 'services':
      return is(
        (value as string[]).every((service) => services.has(service)),
        [...services],
      );
    case 'processes':
      return is(services.size === value, [...services]);
    case 'spans with >1 reference':
      return is(value === 0, 'references beyond the parent are not kept');
    case 'logRecords':
      return is(events(got).length === value, events(got).length);
    default:
      return none('no rule');
  }
};

const bundle: Judge = (expected, got) => {
  const { fact, value } = expected;
  const isLink = (report: (typeof got.reports)[number]): boolean =>
    report.problems.some(({ code }) => code === 'MEMBER_SKIPPED');
  const inside = got.reports.filter((report) => !isLink(report)).map(({ path }) => path);
  const skipped = got.imported.problems.filter(({ code }) => code === 'MEMBER_SKIPPED');
  const links = skipped.filter(({ args }) => String(args['reason']).startsWith('link'));
  switch (fact) {
    case 'regular files':
      return is(inside.length === value, inside.length);
    case 'symlinks':
      return is(links.reduce((sum, problem) => sum + 1 + (problem.more ?? 0), 0) === value, links.length);
    case 'members': {
      // an empty folder is told as such
      const told = [...inside, ...skipped.map(({ file }) => file)];
      const missing = (value as string[]).filter(
        (name) => !told.some((path) => path.endsWith(`!/${name}`) || path.includes(`!/${name}/`)),
      );
      return is(missing.length === 0, missing);
    }
    case 'pid':
      return is(
        got.imported.series.concat().some(({ labels }) => labels['pid'] === String(value)) ||
          got.imported.facts.some(({ labels }) => labels['pid'] === String(value)),
        'no pid',
      );
    default:
      return none('no rule');
  }
};

const JUDGES: Readonly<Record<string, Judge>> = {
  dmesg: log,
  'app-log': log,
  'syslog-text': log,
  'journald-json': log,
  'journalctl-text': log,
  'cri-log': log,
  'loki-query-json': loki,
  'loki-logcli': logcli,
  'grafana-explore-log-text': explore,
  'kubeskoop-event': kubeskoop,
  'k8s-events-json': kubernetesEvents,
  'k8s-pods-json': kubernetesPods,
  'kubectl-text': kubectl,
  'otlp-json': trace,
  'jaeger-json': trace,
  'zipkin-json': trace,
  'bundle-must-gather': bundle,
  'bundle-sosreport': bundle,
  'bundle-proc-tree': bundle,
};

describe.skipIf(!hasCorpus())('corpus: logs, Kubernetes, traces, bundles', () => {
  for (const [format, judge] of Object.entries(JUDGES)) {
    it(format, async () => {
      const tally = new Tally();
      for (const entry of corpusFiles(format)) {
        const got = await importCorpus(entry);
        for (const expected of entry.expected) tally.add(entry, expected, await judge(expected, got, entry));
      }
      tally.print(format);
      expect(tally.failed).toEqual([]);
      expect(tally.met + tally.without.length).toBeGreaterThan(0);
    });
  }
});
