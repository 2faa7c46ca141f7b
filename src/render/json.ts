import type { Diagnosis } from '../types/diagnosis.js';

/** The diagnosis as JSON text, two spaces, keys in the order of the type; numbers that JSON lacks become null. */
export function renderJson(diagnosis: Diagnosis): string {
  return `${JSON.stringify(diagnosis, null, 2)}\n`;
}
