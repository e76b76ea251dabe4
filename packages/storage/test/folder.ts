import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** A folder for the tests of one file: a function that gives a path in it nobody else has got. */
export function temporaryPaths(): () => string {
  let folder = '';
  let given = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'xmpp-groups-storage-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  return () => join(folder, `store-${++given}`, 'groups.db');
}
