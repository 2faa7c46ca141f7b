/** Chinese titles of the signals, by id; `test/text/parity.test.ts` lists what is missing. */
export const signalsZh: Readonly<Record<string, string>> = {};
