import { problems, type ProblemCode } from './text/en/problems.js';
import type { Problem, ProblemArgs } from './types/problem.js';

/** A run that cannot go on: wrong use or nothing usable, never a defect of ours. */
export class InquestError extends Error {
  override readonly name = 'InquestError';
  readonly code: 'NOTHING_USABLE' | 'NO_SUCH_PATH' | 'BAD_OPTION' | 'BAD_NOTEBOOK';
  readonly hint: string | undefined;

  constructor(code: InquestError['code'], message: string, hint?: string) {
    super(hint === undefined ? message : `${message}; ${hint}`);
    this.code = code;
    this.hint = hint;
  }
}

const MAX_QUOTED = 80;

/**
 * A template with its `{placeholders}` filled; values longer than 80 characters are cut, control characters are
 * replaced so that nothing of the input reaches a terminal as a command.
 */
export function fill(template: string, args: ProblemArgs): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(args, name) ? args[name] : undefined;
    if (value === undefined) return whole;
    const text = String(value).replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');
    return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
  });
}

/** A problem with its English sentence. */
export function problem(code: ProblemCode, file: string, args: ProblemArgs = {}, line?: number): Problem {
  const message = fill(problems[code], { file, ...args });
  return line === undefined ? { code, file, message, args } : { code, file, line, message, args };
}
