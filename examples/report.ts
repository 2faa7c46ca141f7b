// From a dump to a report in two languages: what `inquest report` does, as a program.
import { inquire, openDump, renderNotebook } from 'inquest';

const dump = await openDump('data/reference-incident/dump/metrics');
const inquiry = await inquire(dump);

for (const incident of inquiry.diagnosis.incidents) {
  const [lead] = incident.hypotheses;
  console.log(`${incident.verdict}: ${lead?.cause ?? 'none'}, ${incident.scope.affected.length} pods hit`);
}

const english = await renderNotebook(inquiry, { format: 'html' });
const chinese = await renderNotebook(inquiry, { format: 'md', lang: 'zh' });
console.log(english.startsWith('<!doctype html>'), /^# /.test(chinese));
