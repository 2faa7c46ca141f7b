import { describe, expect, it } from 'vitest';
import { applicationKind } from '../../src/logs/application.js';

/** Lines as nginx, the JVM, Go, glibc, chrony and systemd write them. */
const lines: readonly (readonly [string, string | undefined])[] = [
  ['accept4() failed (24: Too many open files)', 'log.too-many-open-files'],
  ['Error: EMFILE: too many open files, open /var/x', 'log.too-many-open-files'],
  ['java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory', 'log.cannot-create-thread'],
  ['runtime: failed to create new OS thread (have 12 already; errno=11)', 'log.cannot-create-thread'],
  ["RuntimeError: can't start new thread", 'log.cannot-create-thread'],
  ['bash: fork: retry: Resource temporarily unavailable', 'log.cannot-create-thread'],
  ['dial tcp 10.0.0.9:80: connect: cannot assign requested address', 'log.address-not-available'],
  ['connect EADDRNOTAVAIL 10.0.0.9:80', 'log.address-not-available'],
  ['socket.gaierror: [Errno -3] Temporary failure in name resolution', 'log.dns-failure'],
  ['dial tcp: lookup api.svc on 10.96.0.10:53: read udp 10.0.0.3:4->10.96.0.10:53: i/o timeout', 'log.dns-failure'],
  ['getaddrinfo EAI_AGAIN api.svc', 'log.dns-failure'],
  ['System clock wrong by 12.314562 seconds', 'log.clock-step'],
  ['System clock was stepped by -0.532101 seconds', 'log.clock-step'],
  ['Time jumped backwards, rotating.', 'log.clock-step'],
  ['connection reset by peer', undefined],
  ['opened 12 files', undefined],
  ['read: Resource temporarily unavailable', undefined],
  ['lookup api.svc took 3 ms', undefined],
  ['DEMFILER started', undefined],
];

describe('what programs say when the system refuses them something', () => {
  it.each(lines)('%s', (message, kind) => {
    expect(applicationKind(message)).toBe(kind);
  });

  it('is found at the beginning of a long line in linear time', () => {
    expect(applicationKind(`lookup ${'a'.repeat(200_000)}`)).toBeUndefined();
    expect(applicationKind(`${'x'.repeat(2000)} too many open files`)).toBeUndefined();
  });
});
