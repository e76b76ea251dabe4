import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAccounts, openStore } from '@xmpp-groups/storage';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bare } from '../../test/jids.js';
import { type RecordedWorld, worldWith } from '../../test/world.js';
import { run } from '../program.js';

const ROMEO = bare('romeo@example.com');
let folder: string;
let environment: Record<string, string>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'member-commands-'));
  environment = {
    XMPP_GROUPS_STORAGE_URL: `sqlite:${join(folder, 'groups.db')}`,
    XMPP_GROUPS_COMPONENT_DOMAIN: 'groups.example.com',
    XMPP_GROUPS_EXTAUTH_HOSTS: 'example.com',
  };
  for (const name of ['verona', 'mantua']) {
    await run(['group', 'create', name, '--owner', ROMEO], worldWith(environment));
  }
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs `xmpp-groups ...`; whoever is asked there gives `answer`. */
async function xmppGroups(args: readonly string[], answer?: boolean) {
  const questions: string[] = [];
  const world: RecordedWorld = worldWith(environment);
  const ask = async (question: string): Promise<boolean> => {
    questions.push(question);
    return answer === true;
  };
  const code = await run(args, answer === undefined ? world : { ...world, ask });
  return { code, out: world.output, err: world.errors, questions };
}

async function groupsOf(): Promise<readonly string[]> {
  const store = await openStore(environment.XMPP_GROUPS_STORAGE_URL ?? '');
  const groups = await store.groupsOf(ROMEO);
  await store.close();
  return groups;
}

it.each([
  { what: 'is told to', args: ['--yes'], agrees: undefined, code: 0 },
  { what: 'is told so when it asks', args: [], agrees: true, code: 0 },
  { what: 'is told not to when it asks', args: [], agrees: false, code: 1 },
  { what: 'has nobody to ask', args: [], agrees: undefined, code: 2 },
])('erases somebody from all groups when it $what: exit code $code', async ({ args, agrees, code }) => {
  const done = await xmppGroups(['member', 'erase', ROMEO, ...args], agrees);
  expect(done.code).toBe(code);
  expect(done.questions).toEqual(agrees === undefined ? [] : [`Erase ${ROMEO} from 2 groups for ever?`]);
  expect(await groupsOf()).toHaveLength(code === 0 ? 0 : 2);
  if (code === 0) expect(done.out.join()).toMatch(/^Erased romeo@example\.com from 2 groups\. Members see/);
});

it('says that there is nothing to erase, and asks nothing then', async () => {
  expect(await xmppGroups(['member', 'erase', 'nobody@example.com'], true)).toEqual({
    code: 0,
    out: ['No group knows nobody@example.com.'],
    err: [],
    questions: [],
  });
});

it.each(['example.com', 'romeo', 'romeo@example.com/orchard', '@'])(
  'takes no %s for an account',
  async (name) => {
    const { code, err } = await xmppGroups(['member', 'erase', name, '--yes']);
    expect(code).toBe(1);
    expect(err).toEqual([expect.stringMatching(/is no bare JID of an account/)]);
  },
);

it('goes with "account remove"', async () => {
  const accounts = await openAccounts(environment.XMPP_GROUPS_STORAGE_URL ?? '');
  await accounts.add(ROMEO, 'hash', 1);
  await accounts.close();
  const { code, out } = await xmppGroups(['account', 'remove', 'romeo', '--yes']);
  expect([code, out]).toEqual([
    0,
    [
      'Removed romeo@example.com. What the server keeps for it is still there.',
      expect.stringMatching(/^Erased romeo@example\.com from 2 groups\./),
    ],
  ]);
  expect(await groupsOf()).toEqual([]);
});
