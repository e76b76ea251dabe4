import { randomUUID } from 'node:crypto';
import type { BareJid } from '@xmpp-groups/core/jid';
import { type Component, type GroupUser, textMessage } from '@xmpp-groups/harness';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check } from './check.js';
import { hang } from './hang.js';
import { createProxy } from './proxy.js';
import { archiveOf, copiesOf, echoesOf, idOf, outcome } from './talk.js';
import { GROUPS, inWorld, type World } from './world.js';

const MESSAGES = 300;
const FEWEST_GROUPS = 6;
/** With as many, each of two runners has one, but for once in a thousand million times. */
const MOST_GROUPS = 30;

/** How many messages a daemon has got since its start. */
async function messagesIn(component: Component): Promise<number> {
  const counted = /^xmpp_groups_stanzas_in_total\{kind="message"\} (\d+)$/m.exec(await component.metrics());
  return Number(counted?.[1] ?? 0);
}

interface Company {
  readonly juliet: GroupUser;
  readonly nurse: GroupUser;
  readonly reader: GroupUser;
  readonly groups: readonly BareJid[];
}

/** Groups with two who write and one who reads, as many as it takes until each daemon has one of them. */
async function companyOf(world: World, components: readonly Component[]): Promise<Company> {
  const [juliet, nurse, reader] = await Promise.all(
    ['juliet', 'nurse', 'romeo'].map(async (name) => (await world.person(name)).device()),
  );
  if (juliet === undefined || nurse === undefined || reader === undefined) throw new Error('nobody came');
  const before = await Promise.all(components.map(messagesIn));
  const groups: BareJid[] = [];
  const isShared = async (): Promise<boolean> => {
    const now = await Promise.all(components.map(messagesIn));
    return now.every((count, at) => count > (before[at] ?? 0));
  };
  while (groups.length < FEWEST_GROUPS || !(await isShared())) {
    if (groups.length > MOST_GROUPS) throw new Error('one runner gets everything');
    const group = await juliet.create(GROUPS, { name: `Verona ${groups.length}` });
    await nurse.join(group);
    await reader.join(group);
    await juliet.post(group, 'hello');
    groups.push(group);
  }
  return { juliet, nurse, reader, groups };
}

/** Two write into all groups in turn while something happens; then it is looked where all of that is. */
async function talkThrough(
  { juliet, nurse, reader, groups }: Company,
  happenings: Readonly<Record<number, () => Promise<void> | void>>,
): Promise<void> {
  const talk = randomUUID();
  const outcomes: Promise<readonly [string, string]>[] = [];
  const textsOf = new Map<BareJid, string[]>();
  for (let at = 0; at < MESSAGES; at += 1) {
    const sender = at % 2 === 0 ? juliet : nurse;
    const group = groups[at % groups.length];
    if (group === undefined) throw new Error('there is no group');
    const text = `message ${at} of ${talk}`;
    textsOf.set(group, [...(textsOf.get(group) ?? []), text]);
    outcomes.push(outcome(sender, text).then((id) => [text, id] as const));
    await sender.client.send(textMessage(group, text, idOf(sender, text)));
    await happenings[at]?.();
  }
  const accepted = new Map(await Promise.all(outcomes));
  for (const [group, texts] of textsOf) {
    const archived = (await archiveOf(reader, group)).filter(({ text }) => texts.includes(text));
    expect(archived.map(({ text }) => text).sort()).toEqual([...texts].sort());
    for (const { id, text } of archived) expect(accepted.get(text)).toBe(id);
    // Ids in the archive say something within one group only.
    const ids = archived.map(({ id }) => id);
    const among = (some: readonly string[]): string[] => some.filter((id) => ids.includes(id));
    const own = [juliet, nurse].map((sender) => among(echoesOf(sender, group)));
    expect(own.flat().sort()).toEqual([...ids].sort());
    await expect.poll(() => among(copiesOf(reader, group))).toEqual(ids);
    await expect.poll(() => among(copiesOf(nurse, group))).toEqual(own[0]);
    await expect.poll(() => among(copiesOf(juliet, group))).toEqual(own[1]);
  }
}

describe('two runners', () => {
  const world = inWorld('ejabberd by shim');
  let companion: Component;
  beforeAll(async () => {
    companion = await world.companion();
  });

  it('both get groups; everything arrives once', async () => {
    await talkThrough(await companyOf(world, [world.component, companion]), {});
    await world.sendHome();
  }, 120_000);

  it('one is killed: the other finishes at once what it had; it comes back, and gets groups again', async () => {
    const company = await companyOf(world, [world.component, companion]);
    await talkThrough(company, { 100: () => companion.kill9() });
    await talkThrough(company, { 50: () => companion.restart() });
    await world.sendHome();
    await companyOf(world, [world.component, companion]);
    await world.sendHome();
  }, 240_000);

  it('one ends in good order: the same', async () => {
    const company = await companyOf(world, [world.component, companion]);
    await talkThrough(company, { 100: () => companion.restart() });
    await world.sendHome();
  }, 120_000);

  it('are looked at by the check of an operator, which takes nothing away from them', async () => {
    const company = await companyOf(world, [world.component, companion]);
    const checks: Promise<string>[] = [];
    const look = (): void => {
      checks.push(check(world.bridge));
    };
    await talkThrough(company, { 20: look, 120: look, 220: look });
    expect(await Promise.all(checks)).toEqual(checks.map(() => expect.stringContaining('ok: ejabberd')));
    await world.sendHome();
  }, 120_000);
});

describe('two runners, to one of which the connection is cut', () => {
  const proxy = createProxy();
  const world = inWorld('ejabberd by shim');
  let companion: Component;
  beforeAll(async () => {
    companion = await world.companion(proxy.listen);
  });
  afterAll(proxy.close);

  it('the other finishes what it had, and it leaves out what the other says', async () => {
    const company = await companyOf(world, [world.component, companion]);
    await talkThrough(company, { 60: proxy.cut, 120: proxy.cut, 180: proxy.cut, 240: proxy.cut });
    await talkThrough(company, {});
  }, 240_000);
});

describe('two runners, one of which does nothing any more', () => {
  const world = inWorld('ejabberd by shim', {}, { shim: { patience: 5 } });
  let companion: Component;
  beforeAll(async () => {
    companion = await world.companion();
  });

  it('the other takes its place, and nobody hears an error', async () => {
    const company = await companyOf(world, [world.component, companion]);
    await talkThrough(company, { 100: () => hang(companion.pid) });
    process.kill(companion.pid, 'SIGCONT');
    await talkThrough(company, {});
  }, 240_000);
});
