import type { Dump } from '../../src/types/dump.js';
import type { Diagnosis, Evidence } from '../../src/types/diagnosis.js';
import type { Source } from '../../src/types/series.js';

/** Number of lines of every file of a dump. */
export async function lineCounts(dump: Dump): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for await (const file of dump.walk()) {
    let n = 0;
    for await (const line of file.lines()) n += line.length >= 0 ? 1 : 0;
    counts.set(file.path, n);
  }
  return counts;
}

/** Clues that look at no series: at the set of the affected, at what is missing. */
const needsSources = ({ verdict }: Evidence): boolean => verdict !== 'unknown';

/** Every place where a diagnosis states something that leads nowhere. */
export function untraced(diagnosis: Diagnosis, lines: ReadonlyMap<string, number>): string[] {
  const files = new Set(diagnosis.dump.files.map(({ path }) => path));
  const findings = new Set(diagnosis.findings.map(({ id }) => id));
  const faults: string[] = [];
  const check = (where: string, sources: readonly Source[], ids: readonly string[]): void => {
    for (const id of ids) if (!findings.has(id)) faults.push(`${where}: no finding ${id}`);
    for (const { file, line, importer } of sources) {
      // facts that the engineer gave stand in no file
      if (importer === 'assume') continue;
      if (!files.has(file)) faults.push(`${where}: no file "${file}"`);
      else if (line !== undefined && !(line >= 1 && line <= (lines.get(file) ?? 0)))
        faults.push(`${where}: no line ${line} in "${file}" of ${lines.get(file)}`);
    }
  };
  for (const finding of diagnosis.findings) {
    check(`finding ${finding.pattern} of ${finding.signal}`, finding.sources, []);
    if (finding.sources.length === 0) faults.push(`finding ${finding.signal}: no source`);
  }
  for (const artefact of diagnosis.artefacts) check(`artefact ${artefact.kind}`, artefact.sources, artefact.findings);
  for (const { signal, sources } of diagnosis.visible ?? []) {
    check(`visible change of ${signal}`, sources, []);
    if (sources.length === 0) faults.push(`visible change of ${signal}: no source`);
  }
  for (const incident of diagnosis.incidents) {
    check(incident.id, [], incident.findings);
    if (incident.findings.length === 0) faults.push(`${incident.id}: no findings`);
    for (const reading of incident.readings) {
      check(`reading ${reading.id}`, reading.sources, reading.findings);
      if (reading.verdict !== 'unknown' && reading.sources.length + reading.findings.length === 0)
        faults.push(`reading ${reading.id}: rests on nothing`);
    }
    for (const { cause, evidence } of incident.hypotheses)
      for (const one of evidence) {
        const where = `${cause}/${one.clue} (${one.verdict})`;
        check(where, one.sources, one.findings);
        if (needsSources(one) && one.sources.length === 0) faults.push(`${where}: no source`);
        if (
          one.verdict === 'unknown' &&
          one.observed === null &&
          one.sources.length === 0 &&
          (one.missing ?? []).length === 0
        )
          // prettier-ignore
          faults.push(`${where}: neither source nor what is missing`);
      }
  }
  return faults;
}
