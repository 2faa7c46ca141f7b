import { InquestError } from '../errors.js';
import type { Io } from './io.js';

/** `inquest redact PATH... -o DIR` */
export function redact(_io: Io, _paths: readonly string[], _flags: { readonly output: string }): Promise<void> {
  return Promise.reject(new InquestError('BAD_OPTION', 'redact is not built yet'));
}
