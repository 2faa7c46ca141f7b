import {
  formatClock,
  formatCount,
  formatDuration,
  formatNumber,
  formatShare,
  formatTime,
  timeAfter,
} from '../../text/quantity.js';
import type { Artefact } from '../../types/artefact.js';
import type { Incident } from '../../types/diagnosis.js';
import type { Inquiry } from '../../types/inquiry.js';
import type { Cell } from '../../types/notebook.js';
import { code, md, type MessageKey, type Text } from '../../text/text.js';
import { artefactNames } from '../parts/artefacts.js';
import { feltSentence } from '../parts/felt.js';
import { levelText, nodeOf } from '../parts/level.js';
import { lossesOf } from '../parts/losses.js';
import { podNames } from '../parts/pods.js';
import { asSentence } from '../parts/sentence.js';
import { visibleCells } from '../parts/visible.js';
import { whySentences } from '../parts/why.js';
import type { Section } from '../section.js';
import { worthAsking } from './next.js';

/** Letters of a command at a glance. */
const BRIEF = 72;

/** What happened, to whom, why, how sure, in one paragraph per incident. */
export const verdict: Section = {
  id: 'verdict',
  perIncident: false,
  build({ inquiry, text, prefix }) {
    const { incidents, artefacts, dump, span, problems } = inquiry.diagnosis;
    const whatIf = whatIfSentence(inquiry, text);
    const heading: Cell = {
      type: 'markdown',
      id: `${prefix}verdict`,
      text: [
        `## ${text.t('verdict.heading')}`,
        whatIf,
        incidents.length > 1 ? text.t('verdict.many', { n: incidents.length }) : '',
      ]
        .filter((part) => part !== '')
        .join('\n\n'),
    };
    if (incidents.length === 0 && dump.series === 0) {
      const { facts, events, files } = dump;
      const nothing = text.t('verdict.nothing', { files: files.length, facts, events });
      return [heading, { type: 'markdown', id: `${prefix}verdict-none`, text: `> ${nothing}` }];
    }
    if (incidents.length === 0) {
      const none = text.t('verdict.none', {
        files: formatCount(dump.files.length),
        series: formatCount(dump.series),
        from: formatTime(span.from),
        to: timeAfter(span.from, span.to),
      });
      const lost = lossesOf(problems).length === 0 ? '' : `\n>\n> ${text.t('verdict.none.lost')}`;
      const measuring =
        artefacts.length === 0 ? '' : `\n>\n> ${text.t('artefacts.none', { what: artefactNames(artefacts, text) })}`;
      return [
        heading,
        { type: 'markdown', id: `${prefix}verdict-none`, text: `> ${none}${lost}${measuring}` },
        ...visibleCells(inquiry, text, prefix),
      ];
    }
    return [
      heading,
      ...incidents.flatMap((incident, i) => {
        const inside = artefacts.filter((one) => one.kind !== 'copy' && one.from < incident.window.to && one.to > incident.window.from); // prettier-ignore
        return verdictOf(incident, inside, i, inquiry, text, prefix);
      }),
    ];
  },
};

/** What was given and bends the verdict: facts, and files left out. */
function whatIfSentence({ options }: Inquiry, text: Text): string {
  const parts = [
    ...Object.entries(options.assume ?? {}).map(([fact, value]) =>
      text.t('verdict.whatIf.assumed', { fact: code(fact), value: code(String(value)) }),
    ),
    ...(options.without ?? []).map((glob) => text.t('verdict.whatIf.without', { glob: code(glob) })),
  ];
  return parts.length === 0 ? '' : text.t('verdict.whatIf', { what: md(text.list(parts)) });
}

function verdictOf(
  incident: Incident,
  artefacts: readonly Artefact[],
  index: number,
  inquiry: Inquiry,
  text: Text,
  prefix: string,
): Cell[] {
  const of = inquiry.diagnosis.incidents.length;
  const lead = incident.hypotheses[0];
  const what = [leadSentence(incident, text), whoSentence(incident, text), feltSentence(incident, inquiry, text)];
  const why = whySentences(incident, text);
  if (artefacts.length > 0) why.push(text.t('artefacts.inside', { what: artefactNames(artefacts, text) }));
  const start = of > 1 ? `**${text.t('incident.number', { n: index + 1, of })}** ` : '';
  const space = text.language === 'zh' ? '' : ' ';
  const cites = (lead?.evidence ?? []).filter((e) => e.verdict === 'for').flatMap((e) => e.sources.slice(0, 1));
  return [
    {
      type: 'markdown',
      id: `${prefix}verdict-${index + 1}`,
      // what and who first; why, and how sure, in a paragraph of its own
      text: `> ${start}${what.filter((one) => one !== '').join(space)}${why.length > 0 ? `\n>\n> ${why.join(space)}` : ''}`,
      cites,
    },
    factsOf(incident, index, text, prefix),
  ];
}

function leadSentence(incident: Incident, text: Text): string {
  const lead = incident.hypotheses[0];
  if (lead === undefined || lead.cause === 'unknown') {
    const p = lead?.probability ?? 1;
    // where the unknown merely leads a crowd, it is the data that do not tell
    return text.t(p < 0.5 ? 'verdict.unknown.spread' : 'verdict.unknown', { p: formatShare(p) });
  }
  const key: MessageKey = `verdict.lead.${incident.verdict}`;
  return text.t(key, { cause: text.cause(lead.cause), p: formatShare(lead.probability) });
}

function whoSentence(incident: Incident, text: Text): string {
  const { window, scope } = incident;
  const when = {
    from: formatTime(window.from),
    to: formatClock(window.to),
    duration: formatDuration(window.to - window.from),
    pm: precision(window, text),
  };
  if (scope.affected.length === 0) return text.t('verdict.when', when);
  const who = {
    n: scope.affected.length,
    of: scope.affected.length + scope.spared.length,
    pods: md(podNames(scope.affected, text, 4)),
  };
  return text.t(scope.spared.length > 0 ? 'verdict.who' : 'verdict.all', { ...when, ...who });
}

/** How sharp the ends are; a window that was given has none to tell. */
function precision(window: Incident['window'], text: Text): string {
  return window.uncertainty > 0 ? text.plain('verdict.pm', { uncertainty: formatDuration(window.uncertainty) }) : '';
}

/** A command by its beginning; it stands in full where it is asked for. */
function brief(command: string): string {
  const [line = ''] = command.split('\n', 1);
  const letters = Array.from(line);
  return letters.length <= BRIEF && line === command ? line : `${letters.slice(0, BRIEF).join('')}…`;
}

function levelOf(scope: Incident['scope'], text: Text): string {
  const level = levelText(scope, text);
  const name = nodeOf(scope);
  return name === undefined ? level : text.plain('verdict.fact.level.named', { level, name });
}

function factsOf(incident: Incident, index: number, text: Text, prefix: string): Cell {
  const { window, scope, hypotheses, remedies } = incident;
  const row = (key: MessageKey, value: string): [string, string] => [text.plain(key), value];
  const ranked = hypotheses.slice(0, 3).map((h) => `${text.cause(h.cause)} ${formatShare(h.probability)}`);
  const rows = [
    row(
      'verdict.fact.window',
      text.plain('verdict.fact.window.value', {
        from: formatTime(window.from),
        to: timeAfter(window.from, window.to),
        duration: formatDuration(window.to - window.from),
        pm: precision(window, text),
      }),
    ),
    row('verdict.fact.level', levelOf(scope, text)),
    row(
      'verdict.fact.confidence',
      `${text.plain(`incident.${incident.verdict}`)} · ${text.plain('verdict.fact.weight', { db: formatNumber(hypotheses[0]?.weight ?? 0) })}`,
    ),
    row('verdict.fact.causes', ranked.join(text.plain('list.comma'))),
  ];
  const remedy = incident.verdict === 'confirmed' || incident.verdict === 'probable' ? remedies[0] : undefined;
  if (remedy !== undefined)
    rows.push(row('verdict.fact.do', asSentence(text.remedy(remedy.cause, remedy.id)?.do ?? remedy.do)));
  const first = worthAsking(incident)[0];
  if (first !== undefined)
    rows.push(
      row(
        'verdict.fact.next',
        `${brief(first.command)} · ${asSentence(text.next(first.splits[0] ?? '', first.id)?.why ?? first.why)}`,
      ),
    );
  return {
    type: 'table',
    id: `${prefix}verdict-facts-${index + 1}`,
    columns: [{ title: text.plain('verdict.fact') }, { title: text.plain('verdict.fact.value') }],
    rows,
  };
}
