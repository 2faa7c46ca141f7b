#!/usr/bin/env -S node --max-semi-space-size=32 --min-semi-space-size=16
import { main } from './cli/main.js';

// a reader that has seen enough (`| head`) is no defect
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  cwd: process.cwd(),
  env: process.env,
});
