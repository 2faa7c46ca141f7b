/** What programs say when the system refuses them something, as their runtimes and libraries spell it. */
const messages: readonly { readonly kind: string; readonly pattern: RegExp }[] = [
  { kind: 'log.too-many-open-files', pattern: /too many open files|\bE[MN]FILE\b/i },
  {
    kind: 'log.cannot-create-thread',
    pattern:
      /can(?:'|no)t (?:create|start) (?:a )?(?:new )?thread|unable to create (?:new )?(?:native )?thread|failed to create new OS thread|pthread_create failed|fork: (?:retry: )?Resource temporarily unavailable|cannot fork/i,
  },
  { kind: 'log.address-not-available', pattern: /cannot assign requested address|\bEADDRNOTAVAIL\b/i },
  {
    kind: 'log.dns-failure',
    pattern:
      /temporary failure in name resolution|\bEAI_AGAIN\b|UnknownHostException|lookup \S{1,120} on \S{1,60}: .{0,80}(?:i\/o timeout|server misbehaving)/i,
  },
  {
    kind: 'log.clock-step',
    pattern:
      /System clock (?:wrong by -?\d|was stepped by -?\d)|Time jumped backwards|time reset [+-]\d|step time server \S{1,60} offset/,
  },
];

/** How much of a message is looked at. */
const REACH = 1000;

/** Event kind of a line that a program logged, where it says more than a level does; else undefined. */
export function applicationKind(message: string): string | undefined {
  const head = message.length > REACH ? message.slice(0, REACH) : message;
  return messages.find(({ pattern }) => pattern.test(head))?.kind;
}
