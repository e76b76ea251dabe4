import { setTimeout as delay } from 'node:timers/promises';
import type { BareJid } from '@xmpp-groups/core/jid';
import { delay as delayMark } from '@xmpp-groups/core/xep';
import { elementsOf, xml } from '@xmpp-groups/core/xml';
import { type GroupMessage, plainText, readEcho } from '@xmpp-groups/harness';
import type { Actor, Cast } from './cast.js';
import { GROUPS, JULIET, MERCUTIO, NURSE, READY_GROUP, ROMEO } from './people.js';
import { check, type Transcript } from './transcript.js';

/** How many messages a page of the archive has. */
const PAGE = 4;

/** Milliseconds until something that must show up counts as missing. */
const PATIENCE = 10_000;

/** Plays the whole conversation. Rejects at the first thing that does not happen as it must. */
export async function converse(cast: Cast, { part, does, shows, notes }: Transcript): Promise<void> {
  /** Everything that was said, in order. */
  const said: string[] = [];

  part('Juliet creates a group');
  const juliet = await cast.enter(JULIET, 'tcp');
  const laptop = await cast.enter(JULIET, 'websocket');
  const group = await juliet.create(GROUPS, READY_GROUP);
  does(juliet.title, `creates the group "${READY_GROUP.name}" on ${GROUPS}: ${group}`);
  check(group === `${READY_GROUP.localpart}@${GROUPS}`, 'the group has the address that was asked for');

  /** `author` says something; everybody in `listeners` has to read it, as a client that knows groups shows it. */
  const say = async (author: Actor, text: string, listeners: readonly Actor[]): Promise<GroupMessage> => {
    does(author.title, text);
    const echo = await author.post(group, text);
    said.push(text);
    for (const listener of listeners) {
      const copy = await listener.hears(group, text);
      check(copy.card?.nickname === author.name, `${listener.name} reads who said "${text}"`);
      check(copy.stanzaId === echo.stanzaId, `"${text}" has the same id for everybody`);
      shows(listener.name, `${copy.card.nickname}: ${copy.text}`);
    }
    return echo;
  };

  part('Romeo and Mercutio join with clients that know groups');
  const romeo = await cast.enter(ROMEO, 'websocket');
  const mercutio = await cast.enter(MERCUTIO, 'tcp');
  for (const newcomer of [romeo, mercutio]) {
    does(newcomer.title, `joins ${group}`);
    const { name, members } = await newcomer.join(group);
    check(name === READY_GROUP.name, 'the group tells its name to who joins');
    shows(newcomer.name, `${name}, ${members} members`);
    shows(juliet.name, (await juliet.told(group, 'join')).text);
  }

  part('The nurse joins with a client that has never heard of groups');
  const nurse = await cast.enter(NURSE, 'tcp');
  does(nurse.title, `adds the contact ${group} and accepts its request`);
  await joinPlainly(nurse, group);
  shows(juliet.name, (await juliet.told(group, 'join')).text);
  await nicknamesKnown(juliet, group, [JULIET, ROMEO, MERCUTIO, NURSE]);

  part('They talk');
  const greeting = 'Ромео, как мне жаль, что ты Ромео! 🌹';
  await say(juliet, greeting, [romeo, mercutio]);
  await showPlain(nurse, `${juliet.name}:\n${greeting}`, shows);
  const echo = await laptop.client.expect((stanza) => readEcho(stanza)?.text === greeting, {
    description: "the echo on Juliet's other device",
  });
  shows(juliet.name, `(written on the other device) ${readEcho(echo)?.text}`, 'laptop');
  await say(romeo, 'Я ль не Ромео? 👋🏽 <& "тут">', [juliet, mercutio]);
  does(nurse.title, 'Madam!');
  await nurse.client.send(xml('message', { to: group, type: 'chat' }, [xml('body', {}, ['Madam!'])]));
  said.push('Madam!');
  for (const listener of [juliet, romeo, mercutio]) {
    const copy = await listener.hears(group, 'Madam!');
    check(copy.card?.nickname === nurse.name, 'what a plain client writes has its author too');
    shows(listener.name, `${nurse.name}: ${copy.text}`);
  }

  part('Mercutio is offline for a while; his server keeps his copies for him');
  does(mercutio.title, 'goes offline');
  await mercutio.client.stop();
  const missed = ['What’s in a name?', 'Что в имени? 🌹', 'Good night, good night!'];
  for (const text of missed) await say(juliet, text, [romeo]);
  const back = await cast.enter(MERCUTIO, 'websocket');
  does(back.title, 'comes back');
  for (const text of missed) {
    const copy = await back.hears(group, text);
    check(
      elementsOf(copy.element).some((child) => delayMark.is(child)),
      `"${text}" says that it waited for him`,
    );
    shows(back.name, `${copy.card?.nickname}: ${copy.text}   (sent while offline)`);
  }

  part(`Romeo reads the history from the end, ${PAGE} messages at a time`);
  const pages: { readonly id: string; readonly text: string; readonly system: boolean }[] = [];
  let total: number | undefined;
  for (let before = '', complete = false, number = 1; !complete; number += 1) {
    const page = await romeo.history(group, {}, { max: PAGE, before });
    check(page.items.length > 0, 'each page has messages');
    does(romeo.title, `asks for page ${number}`);
    const items = page.items.map(({ id, message }) => ({
      id,
      text: message.text,
      system: message.system !== undefined,
      line: message.system === undefined ? `${message.card?.nickname}: ${message.text}` : message.text,
    }));
    for (const { line } of items) shows(romeo.name, line);
    pages.unshift(...items);
    ({ complete } = page);
    total = page.rsm.count;
    before = page.rsm.first?.id ?? '';
  }
  const archived = pages.filter(({ system }) => !system).map(({ text }) => text);
  check(
    archived.join('\n\n') === said.join('\n\n'),
    'the archive holds what was said, in that order, without gaps',
  );
  check(new Set(pages.map(({ id }) => id)).size === total, 'the pages together are the whole archive');
  notes(`${total} messages in all: nothing is missing, nothing is there twice`);

  part('The nurse leaves');
  does(nurse.title, 'removes the contact');
  await nurse.leave(group);
  for (const listener of [juliet, romeo, back])
    shows(listener.name, (await listener.told(group, 'left')).text);
  nurse.client.mark();
  await say(romeo, 'Good night! 👋', [juliet, back]);
  await nurse.client.none((stanza) => stanza.name === 'message', GROUPS);
  notes('nothing of that came to the nurse');
  const left = (await juliet.members(group)).users.map(({ nickname }) => nickname).sort();
  check(left.join() === 'Juliet,Mercutio,Romeo', 'three members are left');
  notes(`members now: ${left.join(', ')}`);
}

/** What any XMPP client does when its user adds a contact and accepts the request that comes back. */
async function joinPlainly({ client }: Actor, group: BareJid): Promise<void> {
  await client.roster.set(group);
  await client.sendPresence({ to: group, type: 'subscribe' });
  await client.expect(({ name, attrs }) => name === 'presence' && attrs.type === 'subscribe', {
    description: `a request of ${group}`,
  });
  await client.sendPresence({ to: group, type: 'subscribed' });
}

async function showPlain({ client, name }: Actor, text: string, shows: Transcript['shows']): Promise<void> {
  await client.expect((stanza) => plainText(stanza) === text, { description: `the readable text "${text}"` });
  shows(name, text);
}

/** Waits until the group has read the vCards of these people. */
async function nicknamesKnown(
  viewer: Actor,
  group: BareJid,
  people: readonly { readonly nickname: string }[],
): Promise<void> {
  const wanted = people.map(({ nickname }) => nickname).sort();
  for (const end = Date.now() + PATIENCE; ; ) {
    const known = (await viewer.members(group)).users.map(({ nickname }) => nickname).sort();
    if (known.join() === wanted.join()) return;
    check(Date.now() < end, `the members are called ${wanted.join(', ')} (they are ${known.join(', ')})`);
    await delay(50);
  }
}
