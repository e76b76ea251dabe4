import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import type { GroupDriver, Sent } from '../testing/group-driver.js';
import { only } from '../testing/reading.js';
import {
  bare,
  brief,
  INCOGNITO,
  JULIET,
  join,
  messageXml,
  NURSE,
  originIdXml,
  PARIS,
  presenceXml,
  ROMEO,
  SPEAKER,
  single,
  VERONA,
  verona,
} from '../testing/scenes.js';

function household(options?: string): GroupDriver {
  const driver = verona(options);
  join(driver, ROMEO, NURSE);
  driver.send(messageXml(ROMEO, 'Hello', originIdXml('hello'), 'hello'));
  return driver;
}

const lastId = (driver: GroupDriver): string => String(driver.archive.at(-1)?.stanzaId);

/** A marker as xabber-web sends it; without the id of the group's archive as others do. */
const seen = (
  driver: GroupDriver,
  from: string,
  id: string,
  archiveId?: string,
  marker = 'displayed',
): Sent[] => {
  const own = `<stanza-id xmlns='${NS.stanzaIds}' by='${bare(from)}' id='777'/>`;
  const ours =
    archiveId === undefined ? '' : `<stanza-id xmlns='${NS.stanzaIds}' by='${VERONA}' id='${archiveId}'/>`;
  return driver.send(
    `<message from='${from}' to='${VERONA}' type='chat' id='s1'>` +
      `<${marker} xmlns='${NS.chatMarkers}' id='${id}'>${own}${ours}</${marker}></message>`,
  );
};

describe('that a message was seen', () => {
  it('its author is told, under the ids that he knows', () => {
    const driver = household();
    const sent = seen(driver, NURSE, 'hello', lastId(driver));
    expect(sent.map(brief)).toEqual(['message chat > romeo@example.com']);
    const marker = only(single(sent), `displayed ${NS.chatMarkers}`);
    expect([single(sent).attrs.from, marker.attrs.id]).toEqual([VERONA, 'hello']);
    expect(only(marker, 'stanza-id').attrs).toMatchObject({ by: VERONA, id: lastId(driver) });
    expect(driver.archive).toHaveLength(4);
  });

  it.each([
    ['by its origin-id', 'origin'],
    ['by the id of its stanza', 'stanza'],
  ])('is known %s alone', (_, id) => {
    const driver = household();
    driver.send(messageXml(ROMEO, 'Again', originIdXml('origin'), 'stanza'));
    const marker = only(single(seen(driver, NURSE, id)), 'displayed');
    expect(marker.attrs.id).toBe('stanza');
  });

  it('he is told once, whoever sees it, and no more of those before it', () => {
    const driver = household();
    const first = lastId(driver);
    driver.send(messageXml(ROMEO, 'Again', '', 'again'));
    expect(seen(driver, NURSE, 'again', lastId(driver))).toHaveLength(1);
    expect(seen(driver, JULIET, 'again', lastId(driver))).toEqual([]);
    expect(seen(driver, JULIET, 'hello', first)).toEqual([]);
    driver.send(messageXml(ROMEO, 'Once more', '', 'more'));
    expect(seen(driver, JULIET, 'more', lastId(driver))).toHaveLength(1);
  });

  it('each author is told of his own', () => {
    const driver = household();
    const first = lastId(driver);
    driver.send(messageXml(NURSE, 'Peter!', '', 'peter'));
    expect(seen(driver, JULIET, 'peter', lastId(driver)).map(brief)).toEqual([
      'message chat > nurse@example.org',
    ]);
    expect(seen(driver, JULIET, 'hello', first).map(brief)).toEqual(['message chat > romeo@example.com']);
  });

  it('of the group itself all others are told', () => {
    const driver = verona();
    join(driver, ROMEO, NURSE);
    const sent = seen(driver, NURSE, 'whatever', lastId(driver));
    expect(sent.map(brief)).toEqual([
      'message chat > juliet@example.com',
      'message chat > romeo@example.com',
    ]);
    expect(sent.map(({ stanza }) => stanza.attrs.from)).toEqual([SPEAKER, SPEAKER]);
    expect(seen(driver, ROMEO, 'whatever', lastId(driver))).toEqual([]);
  });

  it('tells no JID in an incognito group', () => {
    const driver = household(INCOGNITO);
    const [{ xml } = { xml: '' }] = seen(driver, NURSE, 'hello', lastId(driver));
    expect(xml).toContain('displayed');
    expect(xml).not.toContain('nurse@');
  });
});

describe('nobody is told', () => {
  it.each([
    ['what its author saw', ROMEO, 'hello', 'displayed'],
    ['what a stranger saw', PARIS, 'hello', 'displayed'],
    ['of no message', NURSE, 'other', 'displayed'],
    ['that it came', NURSE, 'hello', 'received'],
  ])('%s', (_, from, id, marker) => {
    const driver = household();
    expect(seen(driver, from, id, id === 'hello' ? lastId(driver) : undefined, marker)).toEqual([]);
  });

  it('when the author has left', () => {
    const driver = household();
    const id = lastId(driver);
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    expect(seen(driver, NURSE, 'hello', id)).toEqual([]);
  });
});
