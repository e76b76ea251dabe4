import { describe, expect, it } from 'vitest';
import { elementsOf, type XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { START } from '../testing/clockwork.js';
import type { GroupDriver } from '../testing/group-driver.js';
import { has, only, text } from '../testing/reading.js';
import {
  INCOGNITO,
  JULIET,
  join,
  memberOf,
  nickname,
  presenceXml,
  ROMEO,
  reaching,
  SPEAKER,
  VERONA,
  verona,
} from '../testing/scenes.js';

/** The last message that Juliet got. */
function heard(driver: GroupDriver, ...types: readonly string[]): XmlElement {
  const sent = types.flatMap((type) => driver.send(presenceXml(ROMEO, type)));
  const message = reaching(sent, JULIET).findLast(({ name }) => name === 'message');
  if (message === undefined) throw new Error('nothing was said');
  return message;
}

describe('what the group says', () => {
  const driver = verona();
  const message = heard(driver, 'subscribe', 'subscribed');

  it('comes from its resource, as a chat message under an id of its own', () => {
    const { from, type, id } = message.attrs;
    expect([from, type]).toEqual([SPEAKER, 'chat']);
    expect([id, only(message, `origin-id ${NS.stanzaIds}`).attrs.id]).toEqual([
      driver.archive.at(-1)?.id,
      driver.archive.at(-1)?.id,
    ]);
  });

  it('has its children in order', () => {
    expect(elementsOf(message).map(({ name }) => name)).toEqual([
      'archived',
      'stanza-id',
      'time',
      'origin-id',
      'x',
      'reference',
      'body',
      'previous-id',
    ]);
  });

  it('is in the archive under a number that grows', () => {
    const [created, joined] = driver.archive.map(({ stanzaId }) => stanzaId);
    expect([created, joined]).toEqual([START * 1000, START * 1000 + 1]);
    expect(only(message, 'stanza-id').attrs).toMatchObject({ by: VERONA, id: String(joined) });
    expect(only(message, 'archived').attrs).toMatchObject({ by: VERONA, id: String(joined) });
    expect(only(message, 'time').attrs).toMatchObject({ by: VERONA, stamp: '2021-04-15T14:05:45.123001Z' });
  });

  it('carries the version of the member list, an integer (T7)', () => {
    const mark = only(message, `x ${NS.groupsSystemMessage}`);
    expect(mark.attrs).toMatchObject({ type: 'join', version: String(driver.group().version) });
    expect(mark.children).toEqual([]);
  });

  it('shows in a reference without range who did it', () => {
    const card = only(message, `reference ${NS.references}`);
    expect([card.attrs.type, card.attrs.begin, card.attrs.end]).toEqual(['mutable', undefined, undefined]);
    expect(only(card, `user ${NS.groups}`).attrs.id).toBe(memberOf(driver, ROMEO).id);
    expect(text(card, 'user', 'role')).toBe('member');
  });

  it('names nobody as author', () => {
    expect(has(message, `x ${NS.groups}`)).toBe(false);
    expect(
      driver.archive.every(({ author, originId }) => author === undefined && originId === undefined),
    ).toBe(true);
  });
});

describe('the words', () => {
  it.each([
    ['join', ['subscribe', 'subscribed'], 'Romeo joined chat'],
    ['left', ['unsubscribe'], 'Romeo left chat'],
  ])('for %s', (type, presences, said) => {
    const driver = verona();
    join(driver, ROMEO);
    nickname(driver, ROMEO, 'Romeo');
    if (type === 'join') driver.send(presenceXml(ROMEO, 'unsubscribe'));
    const message = heard(driver, ...presences);
    expect([only(message, 'x').attrs.type, text(message, 'body')]).toEqual([type, said]);
    expect(driver.archive.at(-1)?.text).toBe(said);
  });

  it('name nobody by his JID in an incognito group', () => {
    const driver = verona(INCOGNITO);
    const message = heard(driver, 'subscribe', 'subscribed');
    expect(text(message, 'body')).toBe(`${memberOf(driver, ROMEO).nickname} joined chat`);
    expect(has(message, 'reference', 'user', 'jid')).toBe(false);
  });

  it('stay in the archive as they were said', () => {
    const driver = verona();
    join(driver, ROMEO);
    const kept = structuredClone(driver.archive);
    nickname(driver, ROMEO, 'Romeo');
    nickname(driver, JULIET, 'Juliet');
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    expect(driver.archive.slice(0, 2)).toEqual(kept);
    expect(driver.archive.map(({ text: said }) => said)).toEqual([
      'juliet@example.com created public group',
      'romeo@example.com joined chat',
      'Romeo left chat',
    ]);
  });
});
