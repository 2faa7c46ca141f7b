const PAIR = /(\d{1,15}(?:[.,]\d{1,3})?)(\s{0,4})([^\s,.\d:][^\s,:]{0,20})/g;
const SUMMARIES: readonly (readonly [head: RegExp, english: string, words: readonly string[]])[] = [
  [/^%?cpu\(s\)\s{0,4}[:：]/i, '%Cpu(s):', ['us', 'sy', 'ni', 'id', 'wa', 'hi', 'si', 'st']],
  [/^\p{L}{3,20}\s{0,2}[:：](?=\s{1,8}\d{1,9} )/u, 'Tasks:', ['total', 'running', 'sleeping', 'stopped', 'zombie']],
];
const MEMORY = /^([KMGT]iB)\s{1,4}\S{2,20}\s{0,4}:/;
const MEM = ['total', 'free', 'used', 'buff/cache'];
const SWAP = ['total', 'free', 'used.', 'avail Mem'];
const COLUMNS =
  /^\s{0,12}PID\s{1,12}\S{2,12}\s{1,12}PR\s{1,8}NI\s{1,8}VIRT\s{1,8}RES\s{1,8}SHR\s{1,8}S\s{1,8}%CPU\s{1,8}%MEM\s{1,12}\S{3,12}\s{1,8}\S{2,12}\s{0,8}$/;
const ENGLISH = 'PID USER PR NI VIRT RES SHR S %CPU %MEM TIME+ COMMAND';

/**
 * Turns the summary of a screen of `top` into English: its numbers stand in the same order in every language. Lines that
 * are English, or of another form, come back as they are.
 */
export class TopWords {
  #memory = 0;

  line(text: string): string {
    if (text.length > 300) return text;
    if (text.startsWith('top - ')) this.#memory = 0;
    if (COLUMNS.test(text)) return ENGLISH;
    const unit = MEMORY.exec(text);
    if (unit !== null) {
      this.#memory++;
      const swap = this.#memory > 1;
      return rebuilt(text, unit[0].length, `${unit[1]!} ${swap ? 'Swap' : 'Mem'}:`, swap ? SWAP : MEM);
    }
    for (const [head, english, words] of SUMMARIES) {
      const found = head.exec(text);
      if (found !== null) return rebuilt(text, found[0].length, english, words);
    }
    return text;
  }
}

function rebuilt(text: string, from: number, head: string, words: readonly string[]): string {
  const rest = text.slice(from);
  // only the head is translated in part of the versions
  if (words.slice(0, 3).every((word) => rest.includes(word))) return `${head} ${rest.trimStart()}`;
  const numbers = [...rest.matchAll(PAIR)].map(([, number]) => number!);
  if (numbers.length !== words.length) return text;
  return `${head} ${numbers.map((number, i) => `${number} ${words[i]!}`).join(', ')}`.replace('used., ', 'used. ');
}
