import { asObject, parseJson, str } from '../dump/json.js';
import { jsonLookup, structured } from '../logs/fields.js';
import { readLog, sample, type Line } from '../logs/read.js';
import { plausible } from '../logs/clock.js';
import { stampAt } from '../logs/time.js';
import type { Labels } from '../types/series.js';
import type { Importer, Sink } from './importer.js';

const PREAMBLE = /^([A-Z][\w ]{1,60})?: ?(["{].{0,8000})$/;
const EPOCH = /^(\d{13})\t(\d{4}-\d\d-\d\dT[\d:.]{8,18}Z?)\t/;
const LOCAL = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})?\t/;
const LIMIT = /(\d{1,9}) \((\d{1,9}) returned\)/;

/**
 * Logs as Grafana's Explore and logs panel save them as text: a preamble of `label: JSON` lines, a blank line, then the
 * entries, newest first.
 *
 *     Common labels: {"app":"web"}
 *     Line limit: "1000 (77 returned)"
 *
 *     1779097252941⇥2026-05-18T09:40:52.941Z⇥entry         since Grafana 8
 *     2026-06-09 17:00:19.624⇥entry                          other versions: time of the browser, without a zone
 */
export const grafanaExploreLog: Importer = {
  id: 'grafana-explore-log',
  title: 'Grafana Explore, logs as text',
  format: { reference: 'https://grafana.com/docs/grafana/latest/explore/logs-integration/', versions: 'Grafana 7–12' },
  sniff(head) {
    const lines = sample(head);
    const epoch = lines.filter((line) => EPOCH.test(line)).length;
    const local = lines.filter((line) => LOCAL.test(line)).length;
    const preamble = lines
      .slice(0, 6)
      .some((line) => /^(?:Common labels|Line limit|Total bytes processed|): ?["{]/.test(line));
    if (preamble && epoch + local > 0) return 0.97;
    return lines.length > 0 && epoch / lines.length > 0.3 ? 0.93 : 0;
  },
  async read(file, sink) {
    let common: Labels = {};
    let entries = 0;
    await readLog(file, sink, (text, line) => {
      const preamble = entries === 0 ? PREAMBLE.exec(text) : null;
      if (preamble) {
        common = { ...common, ...header(preamble[1], preamble[2]!, sink, line) };
        return null;
      }
      const parsed = entry(text, common);
      if (parsed) entries++;
      return parsed;
    });
    sink.format('Grafana Explore text');
  },
};

/** Labels that a preamble line gives; a limit that was reached is reported. */
function header(name: string | undefined, json: string, sink: Sink, line: number): Labels {
  const parsed = parseJson(json);
  if (!parsed.ok) return {};
  const limit = LIMIT.exec(str(parsed.value) ?? '');
  if (limit) {
    sink.fact('log.limit', Number(limit[1]), { line });
    sink.fact('log.returned', Number(limit[2]), { line });
    if (limit[1] === limit[2]) sink.problem('LIMIT_REACHED', { count: Number(limit[1]) }, line);
  }
  const displayed = /^(\d{1,9}) lines displayed/.exec(str(parsed.value) ?? '');
  if (displayed) sink.fact('log.displayed', Number(displayed[1]), { line });
  if (name !== 'Common labels') return {};
  const labels: Record<string, string> = {};
  for (const [label, value] of Object.entries(asObject(parsed.value) ?? {})) {
    if (label !== '__proto__') labels[label] = str(value) ?? '';
  }
  return labels;
}

function entry(text: string, common: Labels): Line | undefined {
  const epoch = EPOCH.exec(text);
  if (epoch && plausible(Number(epoch[1]))) {
    return described(text.slice(epoch[0].length), common, { stamp: stampAt(epoch[1]!, 0) });
  }
  const local = LOCAL.exec(text);
  return local ? described(text.slice(local[0].length), common, { stamp: stampAt(text, 0) }) : undefined;
}

function described(message: string, common: Labels, time: Pick<Line, 'stamp'>): Line {
  if (!message.startsWith('{')) return { message, labels: common, ...time };
  const parsed = parseJson(message);
  if (!parsed.ok) return { message, labels: common, ...time };
  const fields = structured(jsonLookup(parsed.value));
  return { message, labels: { ...common, ...fields.labels }, level: fields.level, ...time };
}
