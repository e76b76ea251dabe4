import type { BareJid } from '@xmpp-groups/core/jid';
import { NS, type XmlElement, xml } from '@xmpp-groups/core/xml';
import { type GroupUser, readEcho, textMessage } from '@xmpp-groups/harness';
import { describe, expect, it } from 'vitest';
import { archiveOf, copiesOf, idOf } from './talk.js';
import { GROUPS, inWorld, type World } from './world.js';

const MESSAGES = 600;
/** How many messages each sender has under way at a time. */
const WINDOW = 20;

/**
 * Sends a message until it is accepted, as a client does: what brings an error, or no echo in time, is sent
 * again with `<retry/>` and the same origin-id.
 */
async function insist(sender: GroupUser, group: BareJid, text: string): Promise<string> {
  const id = idOf(sender, text);
  for (let attempt = 0; ; attempt += 1) {
    const isAnswer = (stanza: XmlElement): boolean =>
      readEcho(stanza)?.originId === id || (stanza.attrs.type === 'error' && stanza.attrs.id === id);
    const answer = sender.client.expect(isAnswer, { timeout: 2_000 }).catch(() => undefined);
    const retry = attempt === 0 ? [] : [xml('retry', { xmlns: NS.delivery })];
    await sender.client.send(textMessage(group, text, id, retry));
    const echo = await answer.then((stanza) => stanza && readEcho(stanza));
    if (echo?.stanzaId !== undefined) return echo.stanzaId;
    if (attempt > 60) throw new Error(`"${text}" was never accepted`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Many messages from two senders, while something happens in the middle; returns the accepted stanza-ids. */
async function talkThrough(
  world: World,
  happening: () => Promise<void>,
): Promise<{ accepted: Map<string, string>; reader: GroupUser; group: BareJid }> {
  const juliet = await (await world.person('juliet')).device();
  const group = await juliet.create(GROUPS, { name: 'Verona' });
  const nurse = await (await world.person('nurse')).device();
  await nurse.join(group);
  const reader = await (await world.person('romeo')).device();
  await reader.join(group);

  const accepted = new Map<string, string>();
  let happened: Promise<void> | undefined;
  const texts = Array.from({ length: MESSAGES }, (_, at) => `message ${at}`);
  const send = async (sender: GroupUser): Promise<void> => {
    for (let text = texts.shift(); text !== undefined; text = texts.shift()) {
      accepted.set(text, await insist(sender, group, text));
      if (accepted.size === MESSAGES / 3) happened = happening();
    }
  };
  await Promise.all([juliet, nurse].flatMap((sender) => Array.from({ length: WINDOW }, () => send(sender))));
  await happened;
  return { accepted, reader, group };
}

describe.each(['ejabberd by multicast', 'ejabberd one by one', 'Prosody'] as const)('%s', (kind) => {
  const world = inWorld(kind);

  it('SIGTERM in the middle of traffic: everything accepted is archived and delivered, once', async () => {
    const { accepted, reader, group } = await talkThrough(world, () => world.component.restart());
    const archived = await archiveOf(reader, group);
    expect(archived.map(({ text }) => text).sort()).toEqual([...accepted.keys()].sort());
    expect(new Map(archived.map(({ id, text }) => [text, id]))).toEqual(accepted);
    await expect.poll(() => copiesOf(reader).length).toBe(MESSAGES);
    expect(copiesOf(reader)).toEqual(archived.map(({ id }) => id));
  });

  it('SIGKILL in the middle of traffic: everything accepted is archived once, nothing is delivered twice', async () => {
    const { accepted, reader, group } = await talkThrough(world, async () => {
      await world.component.kill9();
      await world.component.restart();
    });
    const archived = await archiveOf(reader, group);
    expect(new Map(archived.map(({ id, text }) => [text, id]))).toEqual(accepted);
    expect(archived).toHaveLength(MESSAGES);
    // The last message has come by the time the one after it has.
    const last = await insist(reader, group, 'the end');
    await expect
      .poll(() => reader.client.received().some((stanza) => readEcho(stanza)?.stanzaId === last))
      .toBe(true);
    const copies = copiesOf(reader);
    expect(new Set(copies).size).toBe(copies.length);
    // In the order of the archive; what died between the disk and the socket is missing here, and only here.
    const ids = archived.map(({ id }) => id).filter((id) => copies.includes(id));
    expect(copies).toEqual(ids);
  });
});
