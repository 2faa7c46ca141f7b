/** What stands in place of a secret. */
export const REDACTED = '‹redacted›';

/** Cheap test that most lines fail. */
const SUSPECT =
  /passw|passphrase|pwd|secret|token|api.?key|access.?key|private.?key|credential|authorization|bearer|basic |AKIA|ASIA|eyJ|:\/\/[^\s/]{1,200}@|gh[pousr]_|xox[abprs]-|AIza|glpat-|sk-|signature=|sig=/i;

/** Patterns with bounded repetition only, so that each takes linear time. Group 1 is kept, group 2 is the secret. */
const PATTERNS: readonly RegExp[] = [
  /(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)([^-]{1,8000})/g,
  /(:\/\/[^\s:@/]{0,100}:)([^\s@/‹]{1,200})(?=@)/g,
  /(\b(?:Bearer|Digest|Negotiate)\s{1,3})([\w.~+/=-]{6,4000})/gi,
  // a quoted value goes to the quote that closes it
  /((?:passw(?:or)?d|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)(?!s?_?(?:type|count|name|limit|expir|usage|id)\b)[\w-]{0,30}"\s{0,2}:\s{0,2}")((?:[^"\\‹]|\\.){1,4000})(?=")/gi,
  /((?:passw(?:or)?d|passphrase|pwd)["'\\]{0,3}\s{0,2}[:=]\s{0,2}["'\\]{0,3})([^\s"'\\,;&)}\]‹]{1,400})/gi,
  /((?:secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential|signature|\bsig)(?!s?_?(?:type|count|name|limit|expir|usage|id)\b)[\w-]{0,30}["'\\]{0,3}(?:=|:["'\\]{1,3})\s{0,2}["'\\]{0,3})([^\s"'\\,;&)}\]‹]{6,4000})/gi,
  /((?:secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential|authorization)(?!s?_?(?:type|count|name|limit|expir|usage|id)\b)[\w-]{0,30}["'\\]{0,3}\s{0,2}[:=]\s{0,2}["'\\]{0,3})([^\s"'\\,;&)}\]‹]{16,4000})/gi,
  /(\b)((?:AKIA|ASIA)[A-Z0-9]{16})\b/g,
  /(\b)(eyJ[\w-]{8,4000}\.[\w-]{4,4000}(?:\.[\w-]{0,4000})?)/g,
  /(\b)((?:gh[pousr]_\w{20,255}|github_pat_\w{20,255}|xox[abprs]-[\w-]{10,250}|AIza[\w-]{30,60}|glpat-[\w-]{15,60}|sk-[\w-]{20,200}))/g,
];

/** Numbers, switches, masks and, for `PWD=`, directories. */
const HARMLESS = /^(?:\/.{0,400}|\d{1,7}|true|false|null|none|nil|undefined|<[a-z]{1,10}>|\*+)$/i;

/** Name and password of HTTP, in base64. */
const BASIC = /(\bBasic\s{1,3})([A-Za-z0-9+/]{6,4000}={0,2})/gi;

/** `Basic` is also an English word: only what says `name:password` is a secret. */
function isCredential(text: string): boolean {
  try {
    return atob(text.slice(0, text.length - (text.length % 4))).includes(':');
  } catch {
    return false;
  }
}

/**
 * Text without the secrets that stand in it in the clear: passwords, tokens, keys, bearer headers, credentials in
 * addresses. Names and the surroundings stay readable.
 * @returns also how many secrets were taken out
 */
export function redactSecrets(text: string): { readonly text: string; readonly count: number } {
  if (!SUSPECT.test(text)) return { text, count: 0 };
  let count = 0;
  let out = text;
  out = out.replace(BASIC, (whole, kept: string, secret: string) => {
    if (!isCredential(secret)) return whole;
    count++;
    return kept + REDACTED;
  });
  for (const pattern of PATTERNS) {
    out = out.replace(pattern, (whole, kept: string, secret: string) => {
      if (HARMLESS.test(secret)) return whole;
      count++;
      return kept + REDACTED;
    });
  }
  return { text: out, count };
}
