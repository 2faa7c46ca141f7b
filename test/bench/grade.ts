import type { Diagnosis, Incident } from '../../src/types/diagnosis.js';

export type View = 'full' | 'metrics' | 'csv';

/** What was really done, as the recordings tell it. */
export interface Truth {
  readonly cause: string;
  readonly start: number;
  readonly end: number;
  readonly verified?: boolean;
  readonly affected_pods: readonly string[];
  readonly symptom_by_client: Readonly<
    Record<string, { readonly seconds: number; readonly first?: number | null; readonly last?: number | null }>
  >;
}

export interface Grade {
  readonly name: string;
  readonly view: View;
  readonly cause: string;
  readonly found: boolean;
  readonly rank: number;
  readonly probability: number;
  readonly verdict: string;
  readonly incidentVerdict: string;
  readonly top: string;
  readonly topProbability: number;
  readonly overlap: boolean;
  readonly excluded: boolean;
  readonly wrongConfirmed: boolean;
  readonly falseIncidents: number;
  readonly brier: number;
  readonly log: number;
  readonly affectedWrong: readonly string[];
  readonly affectedMissed: readonly string[];
  readonly line: string;
}

/** Seconds of trouble from which on a pod counts as visibly hit. */
const VISIBLE_SECONDS = 10;

/** Grades one diagnosis against the truth. Multi-class Brier score, 0 (sure and right) to 2 (sure and wrong). */
export function grade(name: string, view: View, told: Truth, diagnosis: Diagnosis): Grade {
  const truth = onClockOf(told, diagnosis);
  const hits = hitsOf(truth, diagnosis);
  const healthy = truth.cause === 'none';
  const benign = truth.cause === 'traffic-surge';
  const incident = healthy ? undefined : hits[0];
  const falseIncidents = diagnosis.incidents.filter(
    (one) => one !== incident && !(benign && one.verdict === 'benign'),
  ).length;
  const ranked = incident?.hypotheses ?? [];
  const index = ranked.findIndex(({ cause }) => cause === truth.cause);
  const own = ranked[index];
  const top = ranked[0];
  const right = healthy ? diagnosis.incidents.length === 0 : benign && incident === undefined;
  const brier = right ? 0 : incident === undefined ? 2 : brierOf(incident, truth.cause);
  const base = {
    name,
    view,
    cause: truth.cause,
    found: incident !== undefined,
    rank: right ? 1 : index + 1,
    probability: right ? 1 : (own?.probability ?? 0),
    verdict: own?.verdict ?? '-',
    incidentVerdict: incident?.verdict ?? '-',
    top: top?.cause ?? '-',
    topProbability: top?.probability ?? 0,
    overlap: incident !== undefined && incident.window.from <= truth.end && incident.window.to >= truth.start,
    excluded: own?.verdict === 'excluded',
    wrongConfirmed: diagnosis.incidents.some(({ hypotheses }) =>
      hypotheses.some((h) => h.verdict === 'confirmed' && h.cause !== truth.cause),
    ),
    falseIncidents,
    brier,
    log: right ? 0 : -Math.log2(Math.max(own?.probability ?? 0, 1e-4)),
    ...affectedOf(incident, truth),
  };
  return { ...base, line: lineOf(base, incident, truth) };
}

/** Incidents that overlap the true window, within one coarse scrape. */
export function hitsOf(truth: Truth, diagnosis: Diagnosis): readonly Incident[] {
  return diagnosis.incidents.filter(
    ({ window }) => window.from <= truth.end + 15_000 && window.to >= truth.start - 15_000,
  );
}

const QUARTER_HOUR = 900_000;

/** The truth as a clock without a zone shows it: where the zone is declared ambiguous, whole quarters of an hour off. */
export function onClockOf(truth: Truth, diagnosis: Diagnosis): Truth {
  if (!diagnosis.problems.some(({ code }) => code === 'AMBIGUOUS_ZONE')) return truth;
  const middle = (diagnosis.span.from + diagnosis.span.to) / 2;
  const by = Math.round((middle - (truth.start + truth.end) / 2) / QUARTER_HOUR) * QUARTER_HOUR;
  return { ...truth, start: truth.start + by, end: truth.end + by };
}

function brierOf(incident: Incident, cause: string): number {
  const known = incident.hypotheses.some((h) => h.cause === cause);
  return incident.hypotheses.reduce(
    (sum, h) => sum + (h.probability - (h.cause === cause ? 1 : 0)) ** 2,
    known ? 0 : 1,
  );
}

function affectedOf(incident: Incident | undefined, truth: Truth): Pick<Grade, 'affectedWrong' | 'affectedMissed'> {
  const named = (incident?.scope.affected ?? []).map(({ pod }) => pod ?? '').filter((pod) => pod !== '');
  const visible = Object.entries(truth.symptom_by_client).filter(([, { seconds }]) => seconds > 0);
  const allowed = new Set([
    ...truth.affected_pods,
    ...visible.filter(([, { seconds }]) => seconds >= 3).map(([pod]) => pod),
  ]);
  const must = visible
    .filter(([pod, { seconds }]) => seconds >= VISIBLE_SECONDS && truth.affected_pods.includes(pod))
    .map(([pod]) => pod);
  return {
    affectedWrong: named.filter((pod) => !allowed.has(pod)),
    affectedMissed: must.filter((pod) => !named.includes(pod)),
  };
}

function lineOf(g: Omit<Grade, 'line'>, incident: Incident | undefined, truth: Truth): string {
  const window = incident
    ? `${((incident.window.from - truth.start) / 1000).toFixed(0)}..${((incident.window.to - truth.end) / 1000).toFixed(0)} s`
    : 'no window';
  const flags = [
    g.excluded ? 'EXCLUDED' : '',
    g.wrongConfirmed ? 'WRONG-CONFIRMED' : '',
    g.falseIncidents > 0 ? `FALSE-INCIDENTS ${g.falseIncidents}` : '',
    g.affectedWrong.length > 0 ? `WRONG-PODS ${g.affectedWrong.length}` : '',
    g.affectedMissed.length > 0 ? `MISSED-PODS ${g.affectedMissed.length}` : '',
  ].filter((flag) => flag !== '');
  return [
    g.name.padEnd(20),
    g.view.padEnd(8),
    `rank ${g.rank}`.padEnd(8),
    `p ${g.probability.toFixed(2)}`,
    g.verdict.padEnd(10),
    g.incidentVerdict.padEnd(13),
    `top ${g.top} ${g.topProbability.toFixed(2)}`.padEnd(28),
    window.padEnd(14),
    `brier ${g.brier.toFixed(2)}`,
    ...flags,
  ].join('  ');
}

interface ViewBoard {
  readonly cases: number;
  readonly top1: number;
  readonly top3: number;
  readonly brier: number;
  readonly log: number;
  readonly calibrationError: number;
}

export interface Board {
  readonly views: Readonly<Record<string, ViewBoard>>;
  readonly falseExclusions: number;
  readonly wrongConfirmed: number;
  readonly falseIncidents: number;
  readonly missedIncidents: number;
  readonly wrongPods: number;
  readonly missedPods: number;
}

/** Summary lines, the board to commit, and the comparison with a committed one. */
export function summarise(grades: readonly Grade[]): {
  readonly lines: readonly string[];
  readonly board: Board;
  worseThan(old: Board): readonly string[];
} {
  const views: Record<string, ViewBoard> = {};
  for (const view of ['full', 'metrics', 'csv'] as const) {
    const of = grades.filter((g) => g.view === view);
    if (of.length > 0) views[view] = viewBoard(of);
  }
  const board: Board = {
    views,
    falseExclusions: grades.filter((g) => g.excluded).length,
    wrongConfirmed: grades.filter((g) => g.wrongConfirmed).length,
    falseIncidents: grades.reduce((sum, g) => sum + g.falseIncidents, 0),
    missedIncidents: grades.filter((g) => !g.found && g.brier > 0).length,
    wrongPods: grades.reduce((sum, g) => sum + g.affectedWrong.length, 0),
    missedPods: grades.reduce((sum, g) => sum + g.affectedMissed.length, 0),
  };
  const lines = Object.entries(views).map(
    ([view, b]) =>
      `${view}: ${b.cases} cases, top-1 ${pct(b.top1)}, top-3 ${pct(b.top3)}, Brier ${b.brier}, log score ${b.log} bit, expected calibration error ${b.calibrationError}`,
  );
  lines.push(
    `false exclusions ${board.falseExclusions}, wrong confirmed ${board.wrongConfirmed}, false incidents ${board.falseIncidents}, missed incidents ${board.missedIncidents}, pods named wrongly ${board.wrongPods}, pods missed ${board.missedPods}`,
  );
  lines.push(...reliability(grades));
  return { lines, board, worseThan: (old) => worse(old, board) };
}

function viewBoard(of: readonly Grade[]): ViewBoard {
  const share = (ok: (g: Grade) => boolean): number => round(of.filter(ok).length / of.length);
  const mean = (value: (g: Grade) => number): number => round(of.reduce((sum, g) => sum + value(g), 0) / of.length);
  return {
    cases: of.length,
    top1: share((g) => g.rank === 1),
    top3: share((g) => g.rank >= 1 && g.rank <= 3),
    brier: mean((g) => g.brier),
    log: mean((g) => g.log),
    calibrationError: round(
      calibration(of).reduce((sum, bin) => sum + (bin.n / bin.of) * Math.abs(bin.stated - bin.right), 0),
    ),
  };
}

interface Bin {
  readonly from: number;
  readonly n: number;
  readonly of: number;
  readonly stated: number;
  readonly right: number;
}

/** Stated probability of the best hypothesis against how often it was right, in five bins. */
function calibration(of: readonly Grade[]): readonly Bin[] {
  const graded = of.filter((g) => g.found);
  return [0, 0.2, 0.4, 0.6, 0.8].flatMap((from) => {
    const bin = graded.filter((g) => g.topProbability >= from && (g.topProbability < from + 0.2 || from === 0.8));
    if (bin.length === 0) return [];
    const stated = bin.reduce((sum, g) => sum + g.topProbability, 0) / bin.length;
    return [
      { from, n: bin.length, of: graded.length, stated, right: bin.filter((g) => g.rank === 1).length / bin.length },
    ];
  });
}

function reliability(grades: readonly Grade[]): readonly string[] {
  const bins = calibration(grades);
  return [
    'reliability: stated → right',
    ...bins.map(
      (b) =>
        `  ${b.from.toFixed(1)}–${(b.from + 0.2).toFixed(1)}: ${b.stated.toFixed(2)} → ${b.right.toFixed(2)} (${b.n})`,
    ),
  ];
}

/** Tolerance of the scores: what the last digit of a platform may change. */
const SLACK = 0.005;

function worse(old: Board, now: Board): readonly string[] {
  const lines: string[] = [];
  for (const key of [
    'falseExclusions',
    'wrongConfirmed',
    'falseIncidents',
    'missedIncidents',
    'wrongPods',
    'missedPods',
  ] as const) {
    if (now[key] > old[key]) lines.push(`${key}: ${now[key]}, was ${old[key]}`);
  }
  for (const [view, was] of Object.entries(old.views)) {
    const is = now.views[view];
    if (!is) continue;
    if (is.top1 < was.top1 - SLACK) lines.push(`${view} top-1: ${is.top1}, was ${was.top1}`);
    if (is.top3 < was.top3 - SLACK) lines.push(`${view} top-3: ${is.top3}, was ${was.top3}`);
    if (is.brier > was.brier + SLACK) lines.push(`${view} Brier: ${is.brier}, was ${was.brier}`);
  }
  return lines;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function pct(value: number): string {
  return `${(100 * value).toFixed(0)} %`;
}
