import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import { parse } from '../../xml/parse.js';
import { erase, keptText } from '../testing/erasure.js';
import type { GroupDriver } from '../testing/group-driver.js';
import { avatarXml, imageXml, pictureOf } from '../testing/pictures.js';
import { ballWithChat } from '../testing/private-chats.js';
import { all, text, texts } from '../testing/reading.js';
import {
  bare,
  grant,
  INCOGNITO,
  idOf,
  iqXml,
  JULIET,
  join,
  lastId,
  memberOf,
  messageXml,
  NURSE,
  nickname,
  originIdXml,
  PARIS,
  presenceXml,
  ROMEO,
  reaching,
  trio,
  verona,
} from '../testing/scenes.js';

const NOBODY = 'Deleted account';

/** A message of the archive, as an element. */
function archived(driver: GroupDriver, at: number) {
  const message = driver.archive.at(at);
  const read = parse(`<message xmlns='jabber:client'>${message?.xml ?? ''}</message>`);
  if (!read.ok) throw new Error(read.error.reason);
  return read.value;
}

const bodies = (driver: GroupDriver): string[] =>
  driver.archive.flatMap((_, at) => texts(archived(driver, at), 'body'));

const rename = (driver: GroupDriver, jid: string, name: string): void => {
  const card = `<user xmlns='${NS.groups}' id=''><nickname>${name}</nickname></user>`;
  driver.send(iqXml(jid, 'set', `<query xmlns='${NS.groupsMembers}'>${card}</query>`));
};

const MONTAGUE = pictureOf('montague');

/** A group in which Romeo has said and been everything, under several names. */
function lifeOfRomeo(): GroupDriver {
  const driver = verona(`<name>Verona</name><contacts><contact>romeo@example.com</contact></contacts>`);
  join(driver, NURSE);
  nickname(driver, ROMEO, 'Romeo');
  driver.send(presenceXml(ROMEO, 'subscribe'));
  nickname(driver, ROMEO, 'Romeo');
  driver.send(presenceXml(ROMEO, 'subscribed'));
  driver.send(messageXml(ROMEO, 'Good morrow, cousin', originIdXml('o1'), 'romeo@example.com-1'));
  rename(driver, ROMEO, 'R&amp;J');
  driver.send(imageXml(ROMEO, '', MONTAGUE));
  driver.send(avatarXml(ROMEO, '', MONTAGUE.textSha1));
  driver.send(
    messageXml(
      ROMEO,
      'Is the day so young?',
      `<reference xmlns='${NS.references}' type='decoration' begin='7' end='10'><bold xmlns='${NS.markup}'/></reference>`,
    ),
  );
  driver.send(
    messageXml(
      NURSE,
      'R&amp;J, romeo@example.com!',
      `<reference xmlns='${NS.references}' type='mention' begin='0' end='3' uri='xmpp:romeo@example.com'/>`,
    ),
  );
  driver.send(
    iqXml(
      ROMEO,
      'set',
      `<replace xmlns='${NS.rewrite}' id='${driver.archive.at(-2)?.stanzaId}'><message><body>Is the day so old?</body></message></replace>`,
    ),
  );
  driver.send(messageXml(ROMEO, 'Sad hours seem long', originIdXml('o2')));
  driver.send(
    iqXml(ROMEO, 'set', `<retract-message xmlns='${NS.rewrite}' id='${lastId(driver)}' symmetric='true'/>`),
  );
  return driver;
}

describe('an account that is erased', () => {
  it('leaves its group, and the others see it go', () => {
    const driver = trio();
    nickname(driver, ROMEO, 'Romeo');
    const sent = erase(driver, ROMEO);
    const [message, presence, ...more] = reaching(sent, NURSE);
    expect(more).toEqual([]);
    expect(message && text(message, 'body')).toBe('Romeo left chat');
    expect(presence && text(presence, `x ${NS.groups}`, 'members')).toBe('2');
    expect(driver.group().size).toBe(2);
  });

  it('leaves its messages, and nothing that tells whose they were', () => {
    const driver = lifeOfRomeo();
    expect(keptText(driver)).toMatch(/romeo@example\.com/);
    erase(driver, ROMEO);
    const left = keptText(driver)
      .replace('R&amp;J, romeo@example.com!', '')
      .replace('R&J, romeo@example.com!', '');
    expect(left).not.toMatch(/romeo@example\.com|romeo|R&amp;J|R&J|montague/i);
    expect(left).not.toContain(MONTAGUE.textSha1);
    expect(bodies(driver)).toEqual([
      'juliet@example.com created public group',
      'nurse@example.org joined chat',
      `${NOBODY} joined chat`,
      `${NOBODY}:\nGood morrow, cousin`,
      `${NOBODY} is now known as ${NOBODY}`,
      `${NOBODY} updated avatar`,
      `${NOBODY}:\nIs the day so old?`,
      'nurse@example.org:\nR&J, romeo@example.com!',
      `${NOBODY} left chat`,
    ]);
    expect(driver.images.size).toBe(0);
    expect(driver.group().properties.contacts).toEqual([]);
  });

  it('leaves all that points into its texts where it was', () => {
    const driver = trio();
    nickname(driver, ROMEO, 'R&J');
    const bold = `<reference xmlns='${NS.references}' type='decoration' begin='7' end='10'><bold xmlns='${NS.markup}'/></reference>`;
    driver.send(messageXml(ROMEO, 'Is the day so young?', bold));
    erase(driver, ROMEO);
    const message = archived(driver, 3);
    const header = `${NOBODY}:\n`;
    const [card] = all(message, `x ${NS.groups}`, 'reference');
    expect([card?.attrs.begin, card?.attrs.end]).toEqual(['0', String(header.length)]);
    const [mark] = all(message, 'reference');
    expect(text(message, 'body').slice(Number(mark?.attrs.begin), Number(mark?.attrs.end))).toBe('day');
    expect(driver.archive.at(3)).toMatchObject({ text: 'Is the day so young?', originId: undefined });
  });

  it('is still one author: the card keeps the id, and asking for the member names nobody', () => {
    const driver = trio();
    const id = idOf(driver, ROMEO);
    driver.send(messageXml(ROMEO, 'Hello'));
    const { version } = driver.group();
    erase(driver, ROMEO);
    const [user] = all(archived(driver, 3), `x ${NS.groups}`, 'reference', 'user');
    expect([user?.attrs.id, user && texts(user, 'jid'), user && text(user, 'nickname')]).toEqual([
      id,
      [],
      NOBODY,
    ]);
    expect(driver.archive.at(3)?.author).toBe(id);
    const asked = driver.send(
      iqXml(JULIET, 'get', `<query xmlns='${NS.groupsMembers}' version='${version}'/>`),
    );
    const gone = asked.flatMap(({ stanza }) => all(stanza, 'query', 'user'));
    expect(
      gone.map((card) => [
        card.attrs.id,
        texts(card, 'jid'),
        text(card, 'nickname'),
        texts(card, 'present'),
        text(card, 'subscription'),
      ]),
    ).toEqual([[id, [], NOBODY, [], 'none']]);
  });

  it.each([
    ['is a stranger', () => verona(), 0],
    [
      'was a member once',
      () => {
        const driver = trio();
        driver.send(presenceXml(ROMEO, 'unsubscribe'));
        return driver;
      },
      0,
    ],
    [
      'is invited',
      () => {
        const driver = verona();
        driver.send(
          iqXml(
            JULIET,
            'set',
            `<invite xmlns='${NS.groupsInvite}'><jid>romeo@example.com</jid><send>true</send></invite>`,
          ),
        );
        return driver;
      },
      0,
    ],
    [
      'is joining',
      () => {
        const driver = verona();
        driver.send(presenceXml(ROMEO, 'subscribe'));
        return driver;
      },
      0,
    ],
    [
      'is blocked',
      () => {
        const driver = trio();
        driver.send(
          iqXml(JULIET, 'set', `<block xmlns='${NS.groupsBlock}'><jid>romeo@example.com</jid></block>`),
        );
        return driver;
      },
      0,
    ],
    [
      'is restricted',
      () => {
        const driver = trio();
        grant(driver, ROMEO, ['send-messages', 'change-group']);
        return driver;
      },
      4,
    ],
  ] as const)('is nowhere any more when it %s', (_role, prepare, told) => {
    const driver = prepare();
    const size = driver.group().size;
    const sent = erase(driver, ROMEO);
    expect(keptText(driver)).not.toMatch(/romeo/i);
    expect(sent.filter(({ to }) => bare(to) !== bare(ROMEO))).toHaveLength(told);
    expect(driver.group().size).toBe(told === 0 ? size : size - 1);
    expect([...driver.group().members.values()].every(({ rights }) => !rights.has('send-messages'))).toBe(
      true,
    );
  });

  it('leaves an inactive group, too', () => {
    const driver = trio();
    driver.happen({ kind: 'statusChanged', status: 'inactive' });
    erase(driver, ROMEO);
    expect(keptText(driver)).not.toMatch(/romeo/i);
  });

  it('may have a name that is a part of other words, and one that means something in a pattern', () => {
    const driver = trio();
    nickname(driver, ROMEO, 'a.*');
    rename(driver, ROMEO, 'chat');
    rename(driver, ROMEO, 'le');
    erase(driver, ROMEO);
    expect(bodies(driver).slice(3)).toEqual([
      `${NOBODY} is now known as ${NOBODY}`,
      `${NOBODY} is now known as ${NOBODY}`,
      `${NOBODY} left ${NOBODY}`,
    ]);
  });

  it('does not take another account with it whose name holds its own', () => {
    const driver = trio();
    const other = 'my.romeo@example.com/desk';
    join(driver, other);
    driver.send(messageXml(other, 'Hello'));
    erase(driver, ROMEO);
    expect(memberOf(driver, other).jid).toBe('my.romeo@example.com');
    expect(texts(archived(driver, 4), 'body')).toEqual(['my.romeo@example.com:\nHello']);
  });

  it('hands the group on when it was its last owner, and ends it when nobody is left', () => {
    const driver = trio();
    const sent = erase(driver, JULIET);
    expect(reaching(sent, NURSE).flatMap((stanza) => texts(stanza, 'body'))).toEqual([
      'juliet@example.com left chat',
      'romeo@example.com was promoted to owner',
    ]);
    erase(driver, ROMEO);
    erase(driver, NURSE);
    expect(driver.exists()).toBe(false);
    expect(erase(driver, PARIS)).toEqual([]);
  });

  it('ends its private chats, whose names tell of it', () => {
    const { group, chat } = ballWithChat();
    const passedBefore = group.passed.length;
    erase(group, ROMEO);
    expect(
      group.passed.slice(passedBefore).filter(({ command }) => command.kind === 'dissolve'),
    ).toMatchObject([{ to: chat.jid }]);
    expect(group.group().privateChats.size).toBe(0);
    erase(chat, ROMEO);
    expect(chat.exists()).toBe(false);
  });

  it('takes its disclosures with it, answered or not', () => {
    const driver = trio(INCOGNITO);
    const disclose = (from: string, to: string, type: string): void =>
      void driver.send(
        iqXml(
          from,
          'set',
          `<disclosure xmlns='${NS.groups}' type='${type}'><recipient id='${idOf(driver, to)}'/><reason>It is me, Romeo</reason></disclosure>`,
        ),
      );
    disclose(ROMEO, NURSE, 'offer');
    disclose(NURSE, JULIET, 'offer');
    disclose(JULIET, ROMEO, 'request');
    expect(driver.group().disclosures.size).toBe(3);
    erase(driver, ROMEO);
    expect([...driver.group().disclosures.values()].map(({ from }) => from)).toEqual([idOf(driver, NURSE)]);
  });

  it('keeps the image that another one has as well', () => {
    const driver = trio();
    for (const jid of [ROMEO, NURSE]) {
      driver.send(imageXml(jid, '', MONTAGUE));
      driver.send(avatarXml(jid, '', MONTAGUE.textSha1));
    }
    erase(driver, ROMEO);
    expect([...driver.images.keys()]).toEqual([MONTAGUE.textSha1]);
    erase(driver, NURSE);
    expect(driver.images.size).toBe(0);
  });

  it.each([1, 2, 3, 4])('is gone as well when the daemon ended after step %i, and began anew', (steps) => {
    const driver = lifeOfRomeo();
    erase(driver, ROMEO, steps);
    erase(driver, ROMEO);
    const left = keptText(driver)
      .replaceAll('R&amp;J, romeo@example.com!', '')
      .replaceAll('R&J, romeo@example.com!', '');
    expect(left).not.toMatch(/romeo|R&/i);
    const before = keptText(driver);
    expect(erase(driver, ROMEO)).toEqual([]);
    expect(keptText(driver)).toBe(before);
  });

  it('is looked for in as many steps as the archive needs', () => {
    const driver = trio();
    for (let number = 0; number < 1_100; number += 1) {
      driver.env.now += 60_000;
      driver.send(messageXml(ROMEO, `Hello ${number}`));
    }
    const before = driver.passed.length;
    erase(driver, ROMEO);
    expect(driver.passed.slice(before).filter(({ command }) => command.kind === 'erase')).toHaveLength(8);
    expect(keptText(driver)).not.toMatch(/romeo/i);
  });

  it('may come back as somebody else, who is not the one of before', () => {
    const driver = trio();
    const id = idOf(driver, ROMEO);
    grant(driver, ROMEO, 'send-messages');
    erase(driver, ROMEO);
    join(driver, ROMEO);
    expect(memberOf(driver, ROMEO)).toMatchObject({ subscription: 'both', nickname: undefined });
    expect(memberOf(driver, ROMEO).id).not.toBe(id);
    expect(memberOf(driver, ROMEO).rights.size).toBe(0);
  });
});
