import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LanguageId } from '../types/notebook.js';
import type { Io } from './io.js';
import { notice } from './io.js';
import { inquireInto } from './open.js';
import { writeReport } from './report.js';

const BUNDLED = new URL('../../data/reference-incident/dump', import.meta.url);

/** `inquest demo`: the bundled incident, from dump to opened report. */
export async function demo(
  io: Io,
  flags: { readonly lang: LanguageId; readonly output?: string; readonly open: boolean },
): Promise<void> {
  const output = flags.output ?? 'inquest-demo.html';
  notice(io, 'reading the bundled incident: two pods of one node answer late for twenty seconds');
  const inquiry = await inquireInto(io, [fileURLToPath(BUNDLED)], {});
  await writeReport(io, inquiry, { format: 'html', lang: flags.lang }, output);
  if (flags.open && io.stdout.isTTY === true && io.stderr.isTTY === true && (io.env['CI'] ?? '') === '')
    open(output, io);
}

/** Shows a file in the browser of the desktop; where there is none, nothing happens. */
function open(file: string, io: Io): void {
  const opener = process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer' : 'xdg-open';
  const child = spawn(opener, [file], { cwd: io.cwd, stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
