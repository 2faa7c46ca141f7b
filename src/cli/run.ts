import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { InquestError } from '../errors.js';
import { postmortem } from '../notebook/templates/postmortem.js';
import type { Format } from '../render/notebook.js';
import { inquiryOptions } from './arguments.js';
import { print, type Io } from './io.js';
import { inquireInto } from './open.js';
import { writeReport, type ReportFlags } from './report.js';

/** `inquest run NOTEBOOK PATH... -o FILE`: a notebook of one's own, its JavaScript included. */
export async function run(io: Io, notebook: string, paths: readonly string[], flags: ReportFlags): Promise<void> {
  const source = await readNotebook(io, notebook);
  const output = flags.output ?? '-';
  const format: Format = flags.format ?? (['.md', '.markdown'].includes(extname(output)) ? 'md' : 'html');
  if (format === 'json')
    throw new InquestError('BAD_OPTION', '--format: expected html or md for a notebook, found "json"');
  const inquiry = await inquireInto(io, paths, inquiryOptions(flags));
  await writeReport(
    io,
    inquiry,
    {
      format,
      lang: flags.lang,
      notebook: source,
      javascript: true,
      ...(flags.static === true ? { static: true } : {}),
    },
    output,
  );
}

async function readNotebook(io: Io, notebook: string): Promise<string> {
  try {
    return await readFile(resolve(io.cwd, notebook), 'utf8');
  } catch {
    throw new InquestError(
      'NO_SUCH_PATH',
      `expected a notebook, found nothing readable at "${notebook}"`,
      '"inquest eject" prints one to begin with',
    );
  }
}

const BUILT_IN: Readonly<Record<string, string>> = { postmortem };

/** `inquest eject [NAME]`: a built-in notebook, to edit. */
export async function eject(io: Io, name = 'postmortem'): Promise<void> {
  if (!Object.hasOwn(BUILT_IN, name))
    throw new InquestError(
      'BAD_OPTION',
      `no built-in notebook "${name.slice(0, 80)}"`,
      `there is ${Object.keys(BUILT_IN).join(', ')}`,
    );
  await print(io, BUILT_IN[name]!);
}
