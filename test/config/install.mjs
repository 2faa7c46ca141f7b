// Installs the locked dependencies when they are missing, so that the two commands of the README work on a fresh clone.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
try {
  for (const name of ['arquero', 'typescript', 'vitest']) require.resolve(`${name}/package.json`);
} catch {
  console.error('installing the locked dependencies (npm ci) …');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
