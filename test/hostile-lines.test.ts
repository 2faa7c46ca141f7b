import { describe, expect, it } from 'vitest';
import { HOSTILE_LINES, readHostile } from './support/hostile-lines.js';
import { integrityFaults } from './support/integrity.js';
import { lastSeeds } from './support/fuzz.js';

/** What hangs runs into the limit of the test; how time grows with size is printed by `npm run bench`, and not judged. */
describe.each(Object.entries(HOSTILE_LINES))('hostile input is read to its end: %s', (_, make) => {
  it.each(lastSeeds())('$importer.id', async ({ importer, content }) => {
    const imported = await readHostile(importer, make(new TextDecoder().decode(content), 1));
    expect(imported.files).not.toHaveLength(0);
    expect(integrityFaults(imported)).toEqual([]);
    expect(imported.problems.map(({ code }) => code)).not.toContain('IMPORTER_FAILED');
  });
});
