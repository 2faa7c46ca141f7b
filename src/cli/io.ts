import type { Writable } from 'node:stream';

/** The world as a command sees it; tests give their own. */
export interface Io {
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Exit codes: others script by them. */
export const EXIT = { ok: 0, usage: 1, unusable: 2, defect: 3 } as const;

/** Writes a result; the only thing that may go to standard output. */
export function print(io: Io, text: string): Promise<void> {
  return new Promise((done, fail) => {
    io.stdout.write(text, (error) =>
      error == null || (error as NodeJS.ErrnoException).code === 'EPIPE' ? done() : fail(error),
    );
  });
}

/** A notice for the person, on standard error. */
export function notice(io: Io, line: string): void {
  io.stderr.write(`${line}\n`);
}

/** Bold and dim for terminals; plain elsewhere and where `NO_COLOR` is set. */
export function pen(io: Io): { readonly bold: (text: string) => string; readonly dim: (text: string) => string } {
  const colour = io.stdout.isTTY === true && (io.env['NO_COLOR'] ?? '') === '' && io.env['TERM'] !== 'dumb';
  const wrap = (code: string) => (text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  return { bold: wrap('1'), dim: wrap('2') };
}
