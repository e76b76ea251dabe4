import type Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryPaths } from '../../test/folder.js';
import { planOf } from '../../test/plan.js';
import {
  AVATAR_OF_GROUP,
  AVATAR_OF_HOST,
  GROUPS_OF,
  GROUPS_WITH_ENDS,
  NEXT_END,
  ORPHANS,
  REVISION,
  REWRITES,
  TRACES,
} from './lookups.js';
import { openDatabase } from './open.js';

const newPath = temporaryPaths();
let db: Database.Database;
beforeAll(() => {
  db = openDatabase(newPath(), {});
});
afterAll(() => {
  db.close();
});

it.each([
  ['the revision of a group', REVISION],
  ['an avatar of a group', AVATAR_OF_GROUP],
  ['an avatar of a host', AVATAR_OF_HOST],
  ['rewrites', REWRITES],
  ['what tells of somebody', TRACES],
  ['the next end of a right', NEXT_END],
])('%s: found by an index, without a sort', (_what, sql) => {
  const plan = planOf(db, sql);
  expect(plan.length).toBeGreaterThan(0);
  for (const step of plan) expect(step).toMatch(/^(SEARCH|SCALAR SUBQUERY \d+$)/);
});

it('private chats without a group: found by the index of private chats', () => {
  const plan = planOf(db, ORPHANS);
  expect(plan[0]).toMatch(/^SEARCH g USING (COVERING )?INDEX groups_by_parent/);
  for (const step of plan) expect(step).not.toContain('SCAN');
});

it('groups whose rights end: found by the index of ends', () => {
  const plan = planOf(db, GROUPS_WITH_ENDS);
  expect(plan[0]).toMatch(/^SEARCH r USING (COVERING )?INDEX rights_ending/);
  for (const step of plan) expect(step).not.toContain('SCAN');
});

it('groups that know somebody: found by the indexes of members, blocks and contacts', () => {
  const plan = planOf(db, GROUPS_OF).join('; ');
  expect(plan).toMatch(/SEARCH members USING COVERING INDEX [a-z_0-9]+ \(jid=\?\)/);
  expect(plan).toMatch(/SEARCH blocks USING COVERING INDEX blocks_by_address/);
  expect(plan).toMatch(/SCAN groups USING COVERING INDEX groups_with_contacts/);
  expect(plan).toMatch(/SEARCH g USING INTEGER PRIMARY KEY/);
});
