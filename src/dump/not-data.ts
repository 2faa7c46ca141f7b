import type { Head } from '../types/dump.js';
import type { ProblemArgs } from '../types/problem.js';
import type { ProblemCode } from '../text/en/problems.js';

/** Why a text that nobody claimed is no measurement: a web page, the error of a command, bytes; null when unclear. */
export function notData(head: Head): { code: ProblemCode; args: ProblemArgs } | null {
  const start = head.text.slice(0, 4096).trimStart();
  if (/^(?:<!doctype html|<html[\s>]|<head[\s>])/i.test(start)) {
    const from = start.search(/<title[^>]{0,200}>/i);
    const title = from < 0 ? '' : start.slice(start.indexOf('>', from) + 1).split('<', 1)[0]!;
    return { code: 'HTML_PAGE', args: { title: title.trim() } };
  }
  if (head.bytes.subarray(0, 4096).includes(0)) return { code: 'BINARY_FILE', args: { kind: 'unknown binary data' } };
  const first = head.lines.find((line) => line.trim() !== '') ?? '';
  if (head.lines.length <= 5 && FAILURE.test(first)) return { code: 'COMMAND_FAILED', args: { text: first.trim() } };
  return null;
}

const FAILURE =
  /(?:command not found|: not found|No such file or directory|Permission denied|Operation not permitted|permission denied|cannot open|not recognized as an internal or external command|connection refused|Connection refused|context deadline exceeded|i\/o timeout|Unauthorized|Forbidden|error from server|Error from server|error: You must be logged in)/;
