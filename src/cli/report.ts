import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { InquestError } from '../errors.js';
import { redactInquiry } from '../redaction/inquiry.js';
import { renderReport } from '../report.js';
import type { Format, RenderOptions } from '../render/notebook.js';
import type { Rendered } from '../render/markdown.js';
import { createText } from '../text/text.js';
import { causes } from '../causes/all.js';
import { visible } from '../text/escape.js';
import { formatClock, formatShare, formatTime, isRelative } from '../text/quantity.js';
import { lossesOf } from '../notebook/parts/losses.js';
import type { Inquiry } from '../types/inquiry.js';
import type { LanguageId } from '../types/notebook.js';
import { inquiryOptions, type InquiryFlags } from './arguments.js';
import { notice, print, type Io } from './io.js';
import { inquireInto } from './open.js';

export interface ReportFlags extends InquiryFlags {
  readonly output?: string;
  readonly format?: Format;
  readonly lang: LanguageId;
  readonly static?: boolean;
  readonly redact?: boolean;
}

const BIG = 50_000_000;

/** `inquest report PATH...` */
export async function report(io: Io, paths: readonly string[], flags: ReportFlags): Promise<void> {
  const format = flags.format ?? formatOf(flags.output);
  const found = await inquireInto(io, paths, inquiryOptions(flags));
  const inquiry = flags.redact === true ? redactInquiry(found) : found;
  const options: RenderOptions = { format, lang: flags.lang, ...(flags.static === true ? { static: true } : {}) };
  await writeReport(io, inquiry, options, flags.output ?? `inquest-report.${format}`);
}

function formatOf(output: string | undefined): Format {
  const formats = new Map<string, Format>([['', 'html'], ['.html', 'html'], ['.htm', 'html'], ['.md', 'md'], ['.json', 'json']]); // prettier-ignore
  const format = formats.get(extname(output ?? '').toLowerCase());
  if (format !== undefined) return format;
  throw new InquestError(
    'BAD_OPTION',
    `--output: expected a name that ends in .html, .md or .json, found "${basename(output ?? '').slice(0, 80)}"`,
    'or say --format',
  );
}

/** Renders to a file (or standard output for `-`) and says on standard error where and what. */
export async function writeReport(io: Io, inquiry: Inquiry, options: RenderOptions, output: string): Promise<void> {
  if (output === '-') {
    await print(io, (await renderReport(inquiry, options)).text);
    return;
  }
  const path = resolve(io.cwd, output);
  const folder = `${basename(path, extname(path))}-charts`;
  const rendered = await renderReport(inquiry, { ...options, folder: encodeURI(folder) });
  if (rendered.text.length > BIG)
    throw new InquestError(
      'BAD_OPTION',
      `the report would be ${Math.round(rendered.text.length / 1e6)} MB`,
      'narrow it by --from, --to or --only',
    );
  await write(path, join(dirname(path), folder), rendered);
  notice(io, summary(inquiry));
  const lost = lossesOf(inquiry.diagnosis.problems);
  if (lost[0] !== undefined)
    notice(io, `part of the input is missing: ${visible(`${lost[0].file}: ${lost[0].message}`, 200)}${lost.length > 1 ? `, and ${lost.length - 1} more of the kind` : ''}`); // prettier-ignore
  notice(io, `wrote ${path}`);
}

async function write(path: string, folder: string, rendered: Rendered): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, rendered.text);
    if (rendered.files.length > 0) await mkdir(folder, { recursive: true });
    for (const file of rendered.files) await writeFile(join(folder, file.name), file.content);
  } catch (error) {
    throw new InquestError(
      'BAD_OPTION',
      `cannot write ${path}: ${error instanceof Error ? error.message.split(',')[0]! : 'unknown reason'}`,
    );
  }
}

/** One line that says what was found. */
export function summary(inquiry: Inquiry): string {
  const { incidents } = inquiry.diagnosis;
  if (incidents.length === 0 && inquiry.diagnosis.dump.series === 0)
    return 'nothing was measured over time: no incident could be looked for';
  if (incidents.length === 0) return 'no incident found';
  const text = createText('en', { causes, readings: [] });
  const lines = incidents.map((incident) => {
    const lead = incident.hypotheses[0];
    const { from, to } = incident.window;
    const when = `${formatTime(from)} to ${formatClock(to)} ${isRelative(to) ? 'after the start' : 'UTC'}`;
    const pods = incident.scope.affected.length;
    const who = pods === 0 ? '' : `, ${pods} ${pods === 1 ? 'pod' : 'pods'}`;
    return `${incident.verdict}: ${lead === undefined ? 'no hypothesis' : `${text.cause(lead.cause)} (${formatShare(lead.probability)})`}, ${when}${who}`;
  });
  return lines.join('\n');
}
