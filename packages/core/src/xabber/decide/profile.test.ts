import { describe, expect, it } from 'vitest';
import { bareJid } from '../testing/clockwork.js';
import type { GroupDriver } from '../testing/group-driver.js';
import { avatarXml, imageXml, pictureOf } from '../testing/pictures.js';
import { all, only, text } from '../testing/reading.js';
import { verdict } from '../testing/roles.js';
import {
  bare,
  brief,
  INCOGNITO,
  JULIET,
  join,
  memberOf,
  messageXml,
  NURSE,
  nickname,
  PARIS,
  presenceXml,
  ROMEO,
  verona,
} from '../testing/scenes.js';

const PICTURE = pictureOf('a rose');
const AVATAR = { id: PICTURE.sha1, bytes: PICTURE.bytes, type: 'image/png' };
const image = PICTURE.base64;

const called = (driver: GroupDriver, jid: string): string[] => {
  const member = memberOf(driver, jid);
  return [member.nickname ?? member.jid, member.badge];
};

describe('what a server says of a user', () => {
  it('is taken over: of a name nobody hears, of an avatar the members get word', () => {
    const driver = verona();
    join(driver, ROMEO);
    const { version, archive } = { version: driver.group().version, archive: driver.archive.length };
    const from = bareJid(bare(ROMEO));
    const sent = driver.command({ kind: 'profile', from, nickname: 'Romeo', avatar: AVATAR, image });
    expect(sent.map(brief)).toEqual([JULIET, ROMEO].map((jid) => `message headline > ${bare(jid)}`));
    expect(memberOf(driver, ROMEO)).toMatchObject({ nickname: 'Romeo', badge: '', avatar: AVATAR });
    expect(driver.group().version).toBe(version + 1);
    expect(memberOf(driver, ROMEO).version).toBe(version + 1);
    expect(driver.archive).toHaveLength(archive);
  });

  it('goes before the JID as the name that others read', () => {
    const driver = verona();
    join(driver, ROMEO);
    const bodyOf = () => driver.send(messageXml(ROMEO, 'Hello')).map(({ stanza }) => stanza)[0];
    const before = bodyOf();
    nickname(driver, ROMEO, 'Romeo');
    const after = bodyOf();
    expect(before && text(before, 'body')).toBe('romeo@example.com:\nHello');
    expect(after && text(after, 'body')).toBe('Romeo:\nHello');
  });

  it('is taken over while he waits, so that the first message of him has his name', () => {
    const driver = verona();
    driver.send(presenceXml(ROMEO, 'subscribe'));
    nickname(driver, ROMEO, 'Romeo');
    driver.send(presenceXml(ROMEO, 'subscribed'));
    expect(driver.archive.at(-1)?.text).toBe('Romeo joined chat');
  });

  it('leaves as it is what it does not mention', () => {
    const driver = verona();
    join(driver, ROMEO);
    nickname(driver, ROMEO, 'Romeo');
    driver.command({ kind: 'profile', from: bareJid(bare(ROMEO)), avatar: AVATAR, image });
    driver.command({ kind: 'profile', from: bareJid(bare(ROMEO)), nickname: 'Montague' });
    expect(memberOf(driver, ROMEO)).toMatchObject({ nickname: 'Montague', avatar: AVATAR });
  });

  it.each([
    ['nothing', {}],
    ['the same name', { nickname: 'Romeo' }],
    ['the same avatar', { avatar: AVATAR }],
    ['the same avatar with its image', { avatar: AVATAR, image }],
    ['the same avatar in other words', { avatar: { ...AVATAR, url: 'https://example.com/a' } }],
    ['both again', { nickname: 'Romeo', avatar: AVATAR }],
  ])('changes nothing by %s', (_, said) => {
    const driver = verona();
    join(driver, ROMEO);
    driver.command({ kind: 'profile', from: bareJid(bare(ROMEO)), nickname: 'Romeo', avatar: AVATAR, image });
    const before = { ...memberOf(driver, ROMEO) };
    driver.command({ kind: 'profile', from: bareJid(bare(ROMEO)), ...said });
    expect(memberOf(driver, ROMEO)).toEqual(before);
    expect(driver.group().version).toBe(before.version);
  });

  it.each([
    ['a stranger', PARIS],
    ['a former member', NURSE],
  ])('is nothing of the group’s if he is %s', (_, jid) => {
    const driver = verona();
    join(driver, NURSE);
    driver.send(presenceXml(NURSE, 'unsubscribe'));
    const { version } = driver.group();
    expect(nickname(driver, jid, 'Somebody')).toEqual([]);
    expect(driver.group().version).toBe(version);
  });

  it('stays out of an incognito group', () => {
    const driver = verona(INCOGNITO);
    join(driver, ROMEO);
    const before = { ...memberOf(driver, ROMEO) };
    driver.command({ kind: 'profile', from: bareJid(bare(ROMEO)), nickname: 'Romeo', avatar: AVATAR, image });
    expect(memberOf(driver, ROMEO)).toEqual(before);
  });
});

describe('a name that is taken', () => {
  it('comes with a number, which stays', () => {
    const driver = verona();
    join(driver, ROMEO, NURSE);
    nickname(driver, ROMEO, 'Romeo');
    nickname(driver, NURSE, 'Romeo');
    const [name, badge] = called(driver, NURSE);
    expect([name, badge]).toEqual(['Romeo', expect.stringMatching(/^[1-9]\d*$/)]);
    expect(called(driver, ROMEO)).toEqual(['Romeo', '']);
    nickname(driver, ROMEO, 'Montague');
    expect(called(driver, NURSE)).toEqual(['Romeo', badge]);
  });

  it('is never twice with the same number', () => {
    const driver = verona();
    const users = Array.from({ length: 40 }, (_, index) => `u${index}@example.com/a`);
    join(driver, ...users);
    for (const jid of users) nickname(driver, jid, 'Romeo');
    const badges = users.map((jid) => called(driver, jid)[1]);
    expect(new Set(badges).size).toBe(users.length);
  });

  it('cannot be that of somebody who is known by his JID', () => {
    const driver = verona();
    join(driver, ROMEO);
    nickname(driver, ROMEO, bare(JULIET));
    expect(called(driver, ROMEO)).toEqual([bare(JULIET), expect.stringMatching(/^\d+$/)]);
  });

  it('stays with who leaves, because he may come back', () => {
    const driver = verona();
    join(driver, ROMEO, NURSE);
    nickname(driver, ROMEO, 'Romeo');
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    nickname(driver, NURSE, 'Romeo');
    join(driver, ROMEO);
    expect(called(driver, ROMEO)).toEqual(['Romeo', '']);
    expect(called(driver, NURSE)[1]).not.toBe('');
  });
});

const offer = (driver: GroupDriver, avatar: typeof AVATAR | 'none', base64?: string) =>
  driver.command({ kind: 'profile', from: bareJid(bare(ROMEO)), avatar, image: base64 });

describe('an avatar whose image did not come along', () => {
  it('is taken over when the image is there, for which the server is asked', () => {
    const driver = verona();
    join(driver, ROMEO);
    expect(offer(driver, AVATAR)).toEqual([]);
    expect(memberOf(driver, ROMEO).avatar).toBeUndefined();
    expect(driver.questions.at(-1)).toBe('romeo@example.com image');
    const sent = offer(driver, AVATAR, image);
    expect(memberOf(driver, ROMEO)).toMatchObject({ avatar: AVATAR, chosen: { avatar: false } });
    expect(driver.images.get(AVATAR.id)).toMatchObject({ base64: image, mediaType: 'image/png' });
    const event = sent[0]?.stanza;
    expect(event && only(event, 'event', 'items', 'item', 'metadata', 'info').attrs.id).toBe(AVATAR.id);
    expect(driver.archive.at(-1)?.text).toMatch(/joined/);
  });

  it('is taken over at once when the image is known by its hash', () => {
    const driver = verona();
    join(driver, ROMEO);
    driver.send(imageXml(JULIET, '', PICTURE, PICTURE.sha1));
    offer(driver, AVATAR);
    expect(memberOf(driver, ROMEO).avatar).toEqual(AVATAR);
  });

  it('is asked for when somebody else has put another image under its id', () => {
    const driver = verona();
    join(driver, ROMEO);
    driver.send(imageXml(JULIET, '', pictureOf('a cabbage'), AVATAR.id));
    offer(driver, AVATAR);
    expect(memberOf(driver, ROMEO).avatar).toBeUndefined();
    offer(driver, AVATAR, image);
    expect(driver.images.get(AVATAR.id)?.base64).toBe(image);
  });

  it.each([
    ['is too large', pictureOf('x'.repeat(524_288)).base64, AVATAR.id],
    ['is not base64', '?', AVATAR.id],
    ['has an id that is no hash', image, 'juliet@example.com'],
  ])('is left out when the image %s', (_, base64, id) => {
    const driver = verona();
    join(driver, ROMEO);
    expect(offer(driver, { ...AVATAR, id }, base64)).toEqual([]);
    expect([memberOf(driver, ROMEO).avatar, driver.images.size]).toEqual([undefined, 0]);
  });

  it('has no word for the others while he is not a member yet', () => {
    const driver = verona();
    driver.send(presenceXml(ROMEO, 'subscribe'));
    expect(offer(driver, AVATAR, image)).toEqual([]);
    expect(memberOf(driver, ROMEO).avatar).toEqual(AVATAR);
  });
});

describe('in an inactive group', () => {
  it('an avatar is taken over without a word', () => {
    const driver = verona();
    join(driver, ROMEO);
    driver.happen({ kind: 'statusChanged', status: 'inactive' });
    expect(offer(driver, AVATAR, image)).toEqual([]);
    expect(memberOf(driver, ROMEO).avatar).toEqual(AVATAR);
    expect(verdict(driver.send(imageXml(ROMEO, '', PICTURE)))).toBe('not-allowed 405');
  });
});

describe('an avatar that is taken away', () => {
  it('is gone in the group too, and the others get word', () => {
    const driver = verona();
    join(driver, ROMEO);
    offer(driver, AVATAR, image);
    const [event] = offer(driver, 'none');
    expect(event && all(event.stanza, 'event', 'items', 'item', 'metadata', 'info')).toEqual([]);
    expect(memberOf(driver, ROMEO).avatar).toBeUndefined();
    expect(offer(driver, 'none')).toEqual([]);
  });
});

describe('who has chosen', () => {
  it('keeps the avatar that he has here, or that he has none', () => {
    const driver = verona();
    join(driver, ROMEO);
    const own = pictureOf('my own');
    driver.send(imageXml(ROMEO, '', own));
    driver.send(avatarXml(ROMEO, '', own.textSha1));
    expect([offer(driver, AVATAR, image), offer(driver, 'none')]).toEqual([[], []]);
    expect(memberOf(driver, ROMEO).avatar?.id).toBe(own.textSha1);
    driver.send(avatarXml(ROMEO, '', ''));
    expect(offer(driver, AVATAR, image)).toEqual([]);
    expect(memberOf(driver, ROMEO).avatar).toBeUndefined();
  });

  it('does not hear of it when the image is the one that was taken over', () => {
    const driver = verona();
    join(driver, ROMEO);
    offer(driver, AVATAR, image);
    expect(driver.send(avatarXml(ROMEO, '', AVATAR.id)).map(brief)).toEqual([`iq result > ${ROMEO}`]);
    expect(memberOf(driver, ROMEO).chosen.avatar).toBe(true);
  });

  it('not to be asked about (reference 5.4) is left alone, and nobody asks', () => {
    const driver = verona();
    join(driver, ROMEO);
    const { id, preferences } = memberOf(driver, ROMEO);
    driver.happen({
      kind: 'preferencesChanged',
      member: id,
      preferences: { ...preferences, collects: false },
    });
    const asked = driver.questions.length;
    expect([offer(driver, AVATAR, image), nickname(driver, ROMEO, 'Romeo')]).toEqual([[], []]);
    driver.send(presenceXml(ROMEO, undefined, PHOTO('f00d')));
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    join(driver, ROMEO);
    expect(driver.questions).toHaveLength(asked);
    expect(memberOf(driver, ROMEO)).toMatchObject({ nickname: undefined, avatar: undefined });
  });
});

const PHOTO = (hash: string): string => `<x xmlns='vcard-temp:x:update'><photo>${hash}</photo></x>`;

describe('the hash of a photo in presence', () => {
  const questions = (driver: GroupDriver, payload: string): readonly string[] => {
    const before = driver.questions.length;
    driver.send(presenceXml(ROMEO, undefined, payload));
    return driver.questions.slice(before);
  };

  it.each([
    ['of another photo', PHOTO('f00d'), ['romeo@example.com picture']],
    ['of no photo', PHOTO(''), ['romeo@example.com picture']],
    ['of the photo that the group shows', PHOTO(AVATAR.id.toUpperCase()), []],
    ['that is not known yet', "<x xmlns='vcard-temp:x:update'/>", []],
    ['that is not there', '', []],
  ])('%s', (_, payload, expected) => {
    const driver = verona();
    join(driver, ROMEO);
    offer(driver, AVATAR, image);
    expect(questions(driver, payload)).toEqual(expected);
  });

  it('of no photo means nothing where there is no avatar', () => {
    const driver = verona();
    join(driver, ROMEO);
    expect(questions(driver, PHOTO(''))).toEqual([]);
  });

  it('means nothing in an incognito group, and to who has chosen', () => {
    const masked = verona(INCOGNITO);
    join(masked, ROMEO);
    expect([questions(masked, PHOTO('f00d')), masked.questions]).toEqual([[], []]);
    const driver = verona();
    join(driver, ROMEO);
    offer(driver, AVATAR, image);
    driver.send(avatarXml(ROMEO, '', AVATAR.id));
    expect(questions(driver, PHOTO('f00d'))).toEqual([]);
  });
});

describe('who is asked about', () => {
  it('a newcomer: his vCard at once, his avatar when the group sees his presence', () => {
    const driver = verona();
    const before = driver.questions.length;
    join(driver, ROMEO);
    expect(driver.questions.slice(before)).toEqual(['romeo@example.com vcard', 'romeo@example.com avatar']);
  });

  it('the owner, in the same way', () => {
    const driver = verona();
    driver.send(presenceXml(JULIET, 'subscribed'));
    expect(driver.questions).toEqual(['juliet@example.com vcard', 'juliet@example.com avatar']);
  });
});
