import { Writable } from 'node:stream';
import { main } from '../../src/cli/main.js';

/** The command line run within the test: exit code and both outputs. */
export async function runCli(
  cwd: string,
  ...argv: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const sink = (): Writable & { text: string } => {
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        out.text += chunk.toString();
        done();
      },
    });
    const out = Object.assign(stream, { text: '' });
    return out;
  };
  const stdout = sink();
  const stderr = sink();
  const code = await main(argv, { stdout, stderr, cwd, env: {} });
  return { code, stdout: stdout.text, stderr: stderr.text };
}
