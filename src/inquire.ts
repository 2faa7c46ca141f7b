import { recognise, withFindings } from './artefacts/recognise.js';
import { detectAll } from './detectors/all.js';
import { bySignal, type Scene } from './evidence/scene.js';
import { diagnose } from './evidence/diagnose.js';
import { importDump } from './import.js';
import { leaveOut } from './leave-out.js';
import { scopeOf } from './incidents/scope.js';
import { visibleChanges } from './incidents/visible.js';
import { findWindows } from './incidents/windows.js';

import { assume } from './series/assume.js';
import { preferred } from './series/prefer.js';
import { prepare } from './series/prepare.js';
import { samples } from './frame/samples.js';
import type { Case } from './types/case.js';
import type { Diagnosis, Incident, Sampling } from './types/diagnosis.js';
import type { Dump } from './types/dump.js';
import type { Finding } from './types/finding.js';
import type { Inquiry, InquiryOptions } from './types/inquiry.js';
import type { Track } from './types/track.js';
import { version } from './version.js';

/**
 * The whole way from a dump to a diagnosis: import, signals, artefacts, findings, incidents, evidence.
 * @param dump - as `openDump` gives it; read once
 * @returns the case, the findings and the diagnosis, with tables to look further
 * @throws InquestError NOTHING_USABLE when no file of the dump could be used
 * @example
 * const inquiry = await inquire(await openDump(['customer.tgz']));
 * inquiry.diagnosis.incidents[0]?.hypotheses[0]?.cause
 */
export async function inquire(dump: Dump, options: InquiryOptions = {}): Promise<Inquiry> {
  const chosen = options.without === undefined ? dump : leaveOut(dump, options.without);
  return inquireCase(prepare(await importDump(chosen), options), options);
}

/** The same from a case that is imported already: findings, incidents, evidence. */
export function inquireCase(imported: Case, options: InquiryOptions = {}): Inquiry {
  const assumed = assume(imported, options);
  const { artefacts: found, tracks, span } = recognise(preferred(assumed));
  const of = span === undefined ? assumed : { ...assumed, span };
  const findings = detectAll(tracks.filter(searched));
  const artefacts = withFindings(found, findings);
  const incidents = examine(of, tracks, findings, options);
  return {
    case: of,
    tracks,
    findings,
    diagnosis: toDiagnosis(of, options, { tracks, artefacts, findings, incidents }),
    options,
    table: (signal, labels) => samples(of.series, signal, labels, of.entities),
  };
}

/** Labels of parts of the kernel's bookkeeping: nameless series of every thread or CPU would only add chance findings. */
const PARTS = ['tid', 'pid', 'cpu', 'irq'];

/** Whether a track is searched for findings: all signals of the catalogue, and foreign ones of whole entities. */
function searched({ series: { signal, labels } }: Track): boolean {
  return !signal.startsWith('raw:') || !PARTS.some((name) => labels[name] !== undefined);
}

/** Every incident of a case, diagnosed. */
function examine(
  of: Case,
  tracks: readonly Track[],
  findings: readonly Finding[],
  options: InquiryOptions,
): readonly Incident[] {
  const windows = findWindows(findings, tracks, of, options);
  const grouped = bySignal(tracks);
  return windows.map((window, index) => {
    const scene: Scene = { case: of, window, windows, tracks: grouped, findings, scope: scopeOf(of, tracks, window) };
    return diagnose(scene, `incident-${index + 1}`);
  });
}

interface Results extends Pick<Diagnosis, 'artefacts' | 'findings' | 'incidents'> {
  readonly tracks: readonly Track[];
}

function toDiagnosis(of: Case, options: InquiryOptions, results: Results): Diagnosis {
  const { tracks, artefacts, findings, incidents } = results;
  const files = of.files.map(({ path, importer, series, samples, facts, events, problems }) => ({
    path,
    importer,
    series,
    samples,
    facts,
    events,
    problems,
  }));
  return {
    schema: 1,
    tool: { name: 'inquest', version },
    dump: {
      name: of.name,
      sha256: of.sha256,
      series: of.series.length,
      samples: of.series.reduce((n, { time }) => n + time.length, 0),
      facts: of.facts.length,
      events: of.events.length,
      files,
    },
    span: of.span,
    sampling: samplingOf(tracks),
    ...(Object.values(options).some((value) => value !== undefined) && { given: options }),
    incidents,
    ...(incidents.length === 0 && { visible: visibleChanges(tracks, of.span) }),
    artefacts,
    findings,
    problems: of.problems,
  };
}

function samplingOf(tracks: readonly Track[]): Sampling | null {
  const steps = tracks
    .map((track) => track.step)
    .filter((step) => step > 0)
    .sort((a, b) => a - b);
  if (steps.length === 0) return null;
  return { finest: steps[0]!, typical: steps[Math.floor(steps.length / 2)]!, coarsest: steps.at(-1)! };
}
