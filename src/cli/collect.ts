import { collectScript } from './collect-script.js';
import { print, type Io } from './io.js';

/** `inquest collect`: a script for the customer's node. */
export async function collect(io: Io): Promise<void> {
  await print(io, collectScript);
}
