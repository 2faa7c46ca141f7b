import type { Head } from '../../types/dump.js';
import { leadingTime } from './clock.js';
import { ITEMS } from './sysstat.js';
import { isNumber, words } from './text.js';

const COLUMN = /^(?:%\w|[a-z][\w+-]*\/s$|kb|MB|ldavg|runq-sz|tps$|totsck|dentunusd|MHz|degC|rpm)/;

/** Which tool's tables the first lines hold. */
export function tables(head: Head): 'sar' | 'mpstat' | 'pidstat' | undefined {
  for (const line of head.lines.slice(0, 300)) {
    const cells = words(line);
    const start = leadingTime(cells);
    if (start === undefined && !cells.some((cell) => cell === 'CPU')) continue;
    const rest = cells.slice(start?.taken ?? 0);
    if (rest.length < 2 || rest.some(isNumber)) continue;
    if (rest.some((cell) => /^(?:PID|TGID|TID)$/.test(cell))) return 'pidstat';
    if (isMpstat(rest)) return 'mpstat';
    if (start !== undefined && (rest.some((cell) => COLUMN.test(cell)) || ITEMS.has(rest[0] ?? ''))) return 'sar';
  }
  return undefined;
}

/** mpstat prints %irq before %steal, sar after it; only mpstat has interrupts in a CPU table. */
function isMpstat(columns: readonly string[]): boolean {
  if (columns[0] !== 'CPU' && columns[0] !== 'NODE') return false;
  if (columns[0] === 'NODE') return true;
  const irq = columns.indexOf('%irq');
  if (irq !== -1) return irq === columns.indexOf('%iowait') + 1;
  return columns.slice(1).every((column) => /^[A-Za-z0-9_]{1,14}\/s$/.test(column)) && !columns.includes('total/s');
}
