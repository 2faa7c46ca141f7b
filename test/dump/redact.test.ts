import { describe, expect, it } from 'vitest';
import { REDACTED, redactSecrets } from '../../src/dump/redact.js';

describe('redactSecrets', () => {
  it.each([
    ['password=hunter2-example user=alice', `password=${REDACTED} user=alice`],
    ['"password":"a\\"b", "x":1', `"password":"${REDACTED}", "x":1`],
    ['{\\"api_key\\":\\"abcdef123456\\"}', `{\\"api_key\\":\\"${REDACTED}\\"}`],
    ['Authorization: Bearer abc.def.ghi', `Authorization: Bearer ${REDACTED}`],
    ['authorization: basic YWxpY2U6cGFzc3dvcmQ=', `authorization: basic ${REDACTED}`],
    ['postgres://app:s3cr3t@10.0.0.2/db', `postgres://app:${REDACTED}@10.0.0.2/db`],
    ['key AKIAIOSFODNN7EXAMPLE used', `key ${REDACTED} used`],
    ['AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG', `AWS_SECRET_ACCESS_KEY=${REDACTED}`],
    ['token eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.sig', `token ${REDACTED}`],
    ['GET /?access_token=abcdef123456&x=1', `GET /?access_token=${REDACTED}&x=1`],
  ])('%s', (text, clean) => {
    expect(redactSecrets(text)).toEqual({ text: clean, count: 1 });
  });

  it.each([
    'TokenExpirationSeconds:  3607',
    '{"token_type":"bearer-like","secret_name":"db"}',
    'PWD=/var/tmp ; COMMAND=/bin/ls',
    'invalid token: expired',
    'tokens=512 used',
    'password: null',
    'Reached target Basic System.',
    'Basic Authentication required',
    'Failed password for root from 10.0.0.1',
    'https://example.com/a@b',
  ])('%s holds none', (text) => {
    expect(redactSecrets(text)).toEqual({ text, count: 0 });
  });

  it('is done with its own output, and soon even with long repeats', () => {
    const once = redactSecrets('password=hunter2-example').text;
    expect(redactSecrets(once).count).toBe(0);
    for (const piece of ['token=', 'eyJ', '://a:', 'password"', 'Bearer ', 'secret_']) {
      // quadratic work on these runs into the limit of the test
      expect(redactSecrets(piece.repeat(200_000)).text.length, piece).toBeGreaterThan(0);
    }
  });
});
