/** Recorded incidents in every view: every statement leads to finding, file and line, every number to the JSON. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openDump } from '../../src/dump/node.js';
import { inquire } from '../../src/inquire.js';
import { renderNotebook } from '../../src/report.js';
import { strangers } from '../support/numbers.js';
import { lineCounts, untraced } from '../support/traced.js';

const CASES = fileURLToPath(new URL('../../../shared/cases', import.meta.url));
const present = existsSync(CASES);
if (!present) console.log('tracing of recorded incidents skipped: no ../shared/cases');

const CHOSEN = ['numa-balancing-2', 'disk-stall-1', 'packet-loss-1', 'conntrack-full-1', 'traffic-surge-1', 'none-1'];

describe.skipIf(!present)('statements about recorded incidents', () => {
  describe.each(CHOSEN)('%s', (name) => {
    it.each(['', 'metrics', 'csv'])('"%s"', async (view) => {
      const path = `${CASES}/${name}/dump/${view}`;
      const inquiry = await inquire(await openDump(path));
      expect(untraced(inquiry.diagnosis, await lineCounts(await openDump(path)))).toEqual([]);
      for (const lang of ['en', 'zh'] as const)
        expect(strangers(await renderNotebook(inquiry, { format: 'md', lang }), inquiry.diagnosis)).toEqual([]);
    });
  });
});
