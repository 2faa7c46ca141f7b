// What the verdict rests on: the same dump with a fact assumed otherwise.
import { inquire, openDump } from 'inquest';

const path = 'data/reference-incident/dump/metrics';
for (const assume of [{}, { 'sysctl.kernel.numa_balancing': 0 }]) {
  const { diagnosis } = await inquire(await openDump(path), { assume });
  const numa = diagnosis.incidents[0]?.hypotheses.find((hypothesis) => hypothesis.cause === 'numa-balancing');
  console.log(JSON.stringify(assume), numa?.verdict ?? 'not considered');
}
