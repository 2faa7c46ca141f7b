const ESCAPE = '\u001b';

/**
 * Text without terminal noise: ANSI escape sequences (CSI, OSC, two-byte), backspace overstrikes and carriage
 * returns at line ends.
 */
export function stripNoise(text: string): string {
  let clean = text;
  if (clean.includes('\r')) clean = clean.replaceAll('\r\n', '\n');
  if (clean.includes(ESCAPE) || clean.includes('\u009b')) clean = stripEscapes(clean);
  if (clean.includes('\b')) clean = clean.replaceAll(/[^\n\b]\u0008/g, '');
  return clean;
}

// no two alternatives start alike and no quantifier nests: linear time
const SEQUENCES =
  /\u001b\[[0-?]*[ -/]*[@-~]|\u009b[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b\n]*(?:\u0007|\u001b\\)?|\u001b[ -/]+[0-~]|\u001b[0-Z\\^-~]/g;

function stripEscapes(text: string): string {
  return text.replaceAll(SEQUENCES, '');
}
