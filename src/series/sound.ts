import type { Labels } from '../types/series.js';

/** Half a surrogate pair is no character: it would make invalid UTF-8 of every report. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd');
}

/** Labels without half characters; the same object where there are none. */
export function soundLabels(labels: Labels): Labels {
  let sound: Record<string, string> | undefined;
  for (const name of Object.keys(labels)) {
    if (!/\p{Cs}/u.test(name) && !/\p{Cs}/u.test(labels[name]!)) continue;
    sound = Object.create(null) as Record<string, string>;
    for (const [key, value] of Object.entries(labels)) sound[wellFormed(key)] = wellFormed(value);
    break;
  }
  return sound ?? labels;
}
