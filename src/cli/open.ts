import { SingleBar } from 'cli-progress';
import { openDump } from '../dump/node.js';
import { InquestError } from '../errors.js';
import { inquire } from '../inquire.js';
import type { Dump } from '../types/dump.js';
import type { Inquiry, InquiryOptions } from '../types/inquiry.js';
import type { Io } from './io.js';

/** An opened dump that shows on a terminal how far the reading has come. */
export async function openWithProgress(
  io: Io,
  paths: readonly string[],
): Promise<{ readonly dump: Dump; readonly done: () => void }> {
  const dump = await openDump(paths);
  if (io.stderr.isTTY !== true) return { dump, done: () => undefined };
  const bar = new SingleBar({
    format: 'reading {value} files {name}',
    stream: io.stderr,
    clearOnComplete: true,
    hideCursor: true,
    fps: 8,
  });
  bar.start(1e9, 0, { name: '' });
  const watched: Dump = {
    name: dump.name,
    get problems() {
      return dump.problems;
    },
    sha256: () => dump.sha256(),
    async *walk() {
      for await (const file of dump.walk()) {
        bar.increment(1, { name: file.path.replace(/[^\x20-\x7e]/g, '?').slice(-60) });
        yield file;
      }
      bar.update({ name: '— thinking' });
    },
  };
  return { dump: watched, done: () => bar.stop() };
}

/** @throws InquestError `NOTHING_USABLE` when no file yielded anything */
export async function inquireInto(io: Io, paths: readonly string[], options: InquiryOptions): Promise<Inquiry> {
  const { dump, done } = await openWithProgress(io, paths);
  try {
    const inquiry = await inquire(dump, options);
    const { series, facts, events, problems } = inquiry.case;
    if (options.without !== undefined && !problems.some(({ code }) => code === 'LEFT_OUT'))
      io.stderr.write(`--without: no file matches ${options.without.join(', ')}\n`);
    for (const [name, value] of Object.entries(options.only ?? {}))
      if (!series.some(({ labels }) => labels[name] === value))
        io.stderr.write(`--only: no series has ${name}=${value}\n`);
    if (series.length + facts.length + events.length === 0) throw nothingUsable(dump.name);
    return inquiry;
  } finally {
    done();
  }
}

/** The error of a dump that yields nothing. */
export function nothingUsable(name: string): InquestError {
  return new InquestError(
    'NOTHING_USABLE',
    `${name.slice(0, 80)}: expected monitoring data, found nothing usable`,
    'run "inquest inspect" to see what each file was taken for',
  );
}
