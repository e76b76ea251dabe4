import { describe, expect, it } from 'vitest';
import { NS } from '../../xml/namespaces.js';
import type { GroupDriver, Sent } from '../testing/group-driver.js';
import { askAvatarXml, avatarXml, imageXml, type Picture, pictureOf } from '../testing/pictures.js';
import { all, has, only, text } from '../testing/reading.js';
import { holders, inRole, ROLES, verdict } from '../testing/roles.js';
import {
  bare,
  brief,
  grant,
  INCOGNITO,
  iqXml,
  JULIET,
  join,
  memberOf,
  messageXml,
  NURSE,
  nickname,
  PARIS,
  presenceXml,
  ROMEO,
  SPEAKER,
  single,
  VERONA,
  verona,
} from '../testing/scenes.js';

const ROSE = pictureOf('a rose');

const troupe = (options?: string): GroupDriver => {
  const driver = verona(options);
  join(driver, ROMEO, NURSE);
  nickname(driver, JULIET, 'Juliet');
  nickname(driver, ROMEO, 'Romeo');
  return driver;
};

/** An image and then an avatar, as xabber-web gives them. */
function publish(
  driver: GroupDriver,
  from: string,
  owner: string | undefined,
  picture: Picture = ROSE,
): Sent[] {
  expect(verdict(driver.send(imageXml(from, owner, picture)))).toBe('result');
  return driver.send(avatarXml(from, owner, picture.textSha1));
}

const eventIn = (sent: readonly Sent[], to: string) => {
  const found = sent.find(({ stanza, to: reached }) => stanza.attrs.type === 'headline' && reached === to);
  if (found === undefined) throw new Error(`no event for ${to}`);
  const items = only(found.stanza, `event ${NS.pubsubEvent}`, 'items');
  return {
    from: found.stanza.attrs.from,
    node: items.attrs.node,
    id: only(items, 'item').attrs.id,
    infos: all(items, 'item', `metadata ${NS.avatarMetadata}`, 'info').map(({ attrs }) => [
      attrs.id,
      attrs.bytes,
      attrs.type,
    ]),
  };
};

describe("a member's avatar", () => {
  it('is his own: image first, then what there is to know of it', () => {
    const driver = troupe();
    const { id } = memberOf(driver, ROMEO);
    const before = driver.group().version;
    const sent = publish(driver, ROMEO, id);
    expect(sent.map(brief)).toEqual([
      `iq result > ${ROMEO}`,
      ...[JULIET, ROMEO, NURSE].map((jid) => `message chat > ${bare(jid)}`),
      ...[JULIET, ROMEO, NURSE].map((jid) => `message headline > ${bare(jid)}`),
    ]);
    expect(eventIn(sent, bare(NURSE))).toEqual({
      from: SPEAKER,
      node: `${NS.avatarMetadata}#${id}`,
      id: ROSE.textSha1,
      infos: [[ROSE.textSha1, String(ROSE.bytes), 'image/png']],
    });
    const message = sent[1]?.stanza;
    const mark = message && only(message, `x ${NS.groupsSystemMessage}`);
    expect([message && text(message, 'body'), mark?.attrs.type, mark?.attrs.version]).toEqual([
      'Romeo updated avatar',
      'update',
      String(before + 1),
    ]);
    expect(mark && only(mark, 'user', 'metadata', 'info').attrs.id).toBe(ROSE.textSha1);
    expect(memberOf(driver, ROMEO)).toMatchObject({
      avatar: { id: ROSE.textSha1 },
      chosen: { avatar: true },
    });
  });

  it.each([
    ['no id', ''],
    ['his id', undefined],
  ])('is meant by a node with %s', (_, owner) => {
    const driver = troupe();
    publish(driver, ROMEO, owner ?? memberOf(driver, ROMEO).id);
    expect(memberOf(driver, ROMEO).avatar?.id).toBe(ROSE.textSha1);
  });

  it('may be set for him', () => {
    const driver = troupe();
    const sent = publish(driver, JULIET, memberOf(driver, ROMEO).id);
    expect(sent[1] && text(sent[1].stanza, 'body')).toBe('Juliet updated avatar of Romeo');
  });

  it.each([
    ['an empty id', avatarXml(ROMEO, '', '', "<info bytes='1' id='x' type='image/png'/>")],
    ['empty metadata', avatarXml(ROMEO, '', ROSE.textSha1, '')],
    [
      'no item',
      iqXml(
        ROMEO,
        'set',
        `<pubsub xmlns='${NS.pubsub}'><publish node='${NS.avatarMetadata}#'/></pubsub>`,
        VERONA,
      ),
    ],
  ])('is taken away by %s', (_, xml) => {
    const driver = troupe();
    publish(driver, ROMEO, '');
    const sent = driver.send(xml);
    expect(eventIn(sent, bare(NURSE)).infos).toEqual([]);
    expect(memberOf(driver, ROMEO)).toMatchObject({ avatar: undefined, chosen: { avatar: true } });
    expect(driver.send(xml).map(brief)).toEqual([`iq result > ${ROMEO}`]);
  });

  it('is in his card from then on, and in messages', () => {
    const driver = troupe();
    publish(driver, ROMEO, '');
    const [copy] = driver.send(messageXml(ROMEO, 'Hello'));
    const metadata = copy && only(copy.stanza, 'x', 'reference', 'user', 'metadata');
    expect(metadata && only(metadata, 'info').attrs).toEqual({
      id: ROSE.textSha1,
      bytes: String(ROSE.bytes),
      type: 'image/png',
    });
  });

  it('has an address in his card where avatars have one', () => {
    const driver = troupe();
    const { host } = driver.env;
    const served = verona(undefined, {
      ...driver.env,
      host: { ...host, avatarsAt: 'https://g.example/avatars/' },
    });
    publish(served, JULIET, '');
    join(served, ROMEO);
    const [copy] = served.send(messageXml(JULIET, 'Hello'));
    const user = copy && only(copy.stanza, 'x', 'reference', 'user');
    const url = `https://g.example/avatars/${ROSE.textSha1}`;
    expect(user && only(user, 'metadata', 'info').attrs.url).toBe(url);
    const list = single(served.send(iqXml(ROMEO, 'get', `<query xmlns='${NS.groupsMembers}' version='0'/>`)));
    expect(all(list, 'query', 'user', 'metadata', 'info').map(({ attrs }) => attrs.url)).toEqual([url]);
  });

  it('is announced once, when it is published again', () => {
    const driver = troupe();
    publish(driver, ROMEO, '');
    expect(publish(driver, ROMEO, '').map(brief)).toEqual([`iq result > ${ROMEO}`]);
  });

  it('says in the result what was published, as older clients read it', () => {
    const driver = troupe();
    const result = driver.send(imageXml(ROMEO, '', ROSE))[0]?.stanza;
    const published = result && only(result, `pubsub ${NS.pubsub}`, 'publish');
    expect([published?.attrs.node, published && only(published, 'item').attrs.id]).toEqual([
      `${NS.avatarData}#`,
      ROSE.textSha1,
    ]);
  });

  it('names no JID in an incognito group, and is his own choice there', () => {
    const driver = verona(INCOGNITO);
    join(driver, ROMEO);
    expect(verdict(driver.send(imageXml(ROMEO, '', ROSE, bare(JULIET))))).toBe('bad-request 400');
    for (const { xml, to } of publish(driver, ROMEO, '')) {
      if (to !== ROMEO) expect(xml.replace(`to='${to}'`, '')).not.toContain('romeo@');
    }
    expect(memberOf(driver, ROMEO).avatar?.id).toBe(ROSE.textSha1);
  });
});

describe('who may set an avatar', () => {
  it.each(ROLES)('%s: that of another, and of the group (error rows 30, 55)', (role) => {
    const driver = verona();
    join(driver, NURSE);
    const jid = inRole(driver, role);
    const { id } = memberOf(driver, NURSE);
    const own = holders('change-users').includes(role) ? 'result' : 'not-allowed 405';
    expect(verdict(driver.send(imageXml(jid, id, ROSE)))).toBe(own);
    expect(verdict(driver.send(avatarXml(jid, id, '')))).toBe(own);
    const group = holders('change-group').includes(role) ? 'result' : 'not-allowed 405';
    expect(verdict(driver.send(imageXml(jid, undefined, ROSE)))).toBe(group);
    expect(verdict(driver.send(avatarXml(jid, undefined, '')))).toBe(group);
  });

  it('is said with the right that is missing', () => {
    const driver = troupe();
    const said = (xml: string) => text(single(driver.send(xml)), 'error', 'text');
    expect(said(imageXml(ROMEO, memberOf(driver, NURSE).id, ROSE))).toBe(
      'You are not allowed to do it: you need the right change-users',
    );
    expect(said(avatarXml(ROMEO, undefined, ''))).toContain('change-group');
  });

  it('follows the hierarchy, and nobody gives one to who is gone', () => {
    const driver = troupe();
    grant(driver, ROMEO, 'change-users');
    expect(verdict(driver.send(imageXml(ROMEO, memberOf(driver, JULIET).id, ROSE)))).toBe('not-allowed 405');
    driver.send(presenceXml(NURSE, 'unsubscribe'));
    const { id } = memberOf(driver, NURSE);
    expect(verdict(driver.send(imageXml(ROMEO, id, ROSE)))).toBe('item-not-found 404');
  });
});

describe('what cannot be published', () => {
  const large = pictureOf('x'.repeat(524_281));
  it.each([
    ['an image of more than 512 KiB (error row 31)', imageXml(ROMEO, '', large), 'policy-violation 405'],
    [
      'an avatar that says it has more (error row 31)',
      avatarXml(ROMEO, '', ROSE.sha1, `<info bytes='524289' id='${ROSE.sha1}' type='image/png'/>`),
      'policy-violation 405',
    ],
    ['an avatar without its image', avatarXml(ROMEO, '', ROSE.sha1), 'item-not-found 404'],
    [
      'an avatar whose image lies elsewhere',
      avatarXml(ROMEO, '', ROSE.sha1, `<info bytes='1' id='${ROSE.sha1}' url='https://spy.example/x'/>`),
      'item-not-found 404',
    ],
    ['what is not base64', imageXml(ROMEO, '', { ...ROSE, base64: '<a/>' }), 'bad-request 400'],
    ['an id that is no hash', imageXml(ROMEO, '', ROSE, '../passwd'), 'bad-request 400'],
    [
      'an item without an image',
      iqXml(
        ROMEO,
        'set',
        `<pubsub xmlns='${NS.pubsub}'><publish node='${NS.avatarData}#'><item id='a'/></publish></pubsub>`,
      ),
      'bad-request 400',
    ],
    [
      'an item without metadata',
      iqXml(
        ROMEO,
        'set',
        `<pubsub xmlns='${NS.pubsub}'><publish node='${NS.avatarMetadata}#'><item id='a'/></publish></pubsub>`,
      ),
      'bad-request 400',
    ],
  ])('%s', (_, xml, expected) => {
    const driver = troupe();
    expect(verdict(driver.send(xml))).toBe(expected);
    expect(driver.images.size).toBe(0);
  });

  it.each([
    ['another node (error row 33)', "<publish node='http://jabber.org/protocol/nick'><item/></publish>"],
    ['a node that looks like one', "<publish node='urn:xmpp:avatar:data2#'><item/></publish>"],
    ['what is no publication', "<retract node='urn:xmpp:avatar:data#'/>"],
  ])('%s', (_, payload) => {
    const xml = iqXml(JULIET, 'set', `<pubsub xmlns='${NS.pubsub}'>${payload}</pubsub>`);
    expect(verdict(verona().send(xml))).toBe('feature-not-implemented 501');
  });

  it('no image at all is nothing to be done', () => {
    const driver = troupe();
    expect(driver.send(imageXml(ROMEO, '', { ...ROSE, base64: '' }, '')).map(brief)).toEqual([
      `iq result > ${ROMEO}`,
    ]);
    expect(driver.images.size).toBe(0);
  });
});

describe('an id that is used already', () => {
  const [other, third] = [pictureOf('another'), pictureOf('a third')];
  it('stays with the image that it is a hash of', () => {
    const driver = troupe();
    driver.send(imageXml(ROMEO, '', ROSE, ROSE.sha1));
    expect(verdict(driver.send(imageXml(NURSE, '', other, ROSE.sha1)))).toBe('conflict 409');
    expect(driver.images.get(ROSE.sha1)?.base64).toBe(ROSE.base64);
  });

  it('stays with the first of two images that it is no hash of', () => {
    const driver = troupe();
    driver.send(imageXml(ROMEO, '', other, ROSE.sha1));
    expect(verdict(driver.send(imageXml(NURSE, '', third, ROSE.sha1)))).toBe('conflict 409');
    expect(verdict(driver.send(imageXml(NURSE, '', other, ROSE.sha1)))).toBe('result');
    expect(driver.images.get(ROSE.sha1)?.base64).toBe(other.base64);
  });

  it.each(['sha1', 'textSha1'] as const)('goes to the image that it is the %s of', (hash) => {
    const driver = troupe();
    driver.send(imageXml(ROMEO, '', other, ROSE[hash]));
    expect(verdict(driver.send(imageXml(NURSE, '', ROSE, ROSE[hash])))).toBe('result');
    expect(driver.images.get(ROSE[hash])?.base64).toBe(ROSE.base64);
  });
});

describe("the group's avatar", () => {
  it('is set by who may change the group, and told to all', () => {
    const driver = troupe();
    const { version } = driver.group();
    const sent = publish(driver, JULIET, undefined);
    expect(eventIn(sent, bare(ROMEO))).toMatchObject({
      from: SPEAKER,
      node: NS.avatarMetadata,
      id: ROSE.textSha1,
    });
    expect(sent[1] && text(sent[1].stanza, 'body')).toBe('Juliet changed group avatar');
    const mark = sent[1] && only(sent[1].stanza, `x ${NS.groupsSystemMessage}`);
    expect([mark?.attrs.type, mark?.attrs.version]).toEqual(['update', String(version)]);
    expect(driver.group()).toMatchObject({ avatar: { id: ROSE.textSha1 }, version });
    expect(publish(driver, JULIET, undefined).map(brief)).toEqual([`iq result > ${JULIET}`]);
  });

  it('comes to each device that appears, from the bare JID, while there is one', () => {
    const driver = troupe();
    expect(driver.send(presenceXml(ROMEO)).map(brief)).toEqual([`presence > ${ROMEO}`]);
    publish(driver, JULIET, undefined);
    const sent = driver.send(presenceXml(ROMEO));
    expect(sent.map(brief)).toEqual([`presence > ${ROMEO}`, `message headline > ${ROMEO}`]);
    expect(eventIn(sent, ROMEO)).toMatchObject({ from: VERONA, node: NS.avatarMetadata, id: ROSE.textSha1 });
    expect(eventIn(driver.send(avatarXml(JULIET, undefined, '')), bare(ROMEO)).infos).toEqual([]);
    expect(driver.send(presenceXml(ROMEO)).map(brief)).toEqual([`presence > ${ROMEO}`]);
  });

  it('is in the vCard for clients that know nothing of groups, unless it is large', () => {
    const driver = troupe();
    const photo = () =>
      all(single(driver.send(iqXml(PARIS, 'get', "<vCard xmlns='vcard-temp'/>"))), 'vCard', 'PHOTO').map(
        (found) => [text(found, 'TYPE'), text(found, 'BINVAL')],
      );
    expect(photo()).toEqual([]);
    publish(driver, JULIET, undefined);
    expect(photo()).toEqual([['image/png', ROSE.base64]]);
    publish(driver, JULIET, undefined, pictureOf('x'.repeat(65_536)));
    expect(photo()).toEqual([]);
  });
});

describe('an avatar is read', () => {
  const asked = (driver: GroupDriver, ...question: Parameters<typeof askAvatarXml>) => {
    const sent = driver.send(askAvatarXml(...question));
    if (verdict(sent) !== 'result') return verdict(sent);
    const items = only(single(sent), `pubsub ${NS.pubsub}`, 'items');
    const item = only(items, 'item');
    return [
      items.attrs.node,
      item.attrs.id,
      has(item, 'data') ? text(item, 'data') : only(item, 'metadata', 'info').attrs.bytes,
    ];
  };

  it.each([
    ['his id', 'his'],
    ['no id by himself', ''],
  ])('by %s, image and metadata', (_, owner) => {
    const driver = troupe();
    publish(driver, ROMEO, '');
    const { id } = memberOf(driver, ROMEO);
    const whose = owner === 'his' ? id : owner;
    const asker = owner === 'his' ? NURSE : ROMEO;
    const image = [`${NS.avatarData}#${whose}`, ROSE.textSha1, ROSE.base64];
    expect(asked(driver, asker, 'data', whose, ROSE.textSha1)).toEqual(image);
    expect(asked(driver, asker, 'data', whose)).toEqual(image);
    const metadata = [`${NS.avatarMetadata}#${whose}`, ROSE.textSha1, String(ROSE.bytes)];
    expect(asked(driver, asker, 'metadata', whose)).toEqual(metadata);
    expect(asked(driver, asker, 'metadata', whose, ROSE.textSha1)).toEqual(metadata);
  });

  it('by its hash when its owner has another, or has left', () => {
    const driver = troupe();
    publish(driver, ROMEO, '');
    const { id } = memberOf(driver, ROMEO);
    publish(driver, ROMEO, '', pictureOf('another'));
    driver.send(presenceXml(ROMEO, 'unsubscribe'));
    expect(asked(driver, NURSE, 'data', id, ROSE.textSha1)).toEqual([
      `${NS.avatarData}#${id}`,
      ROSE.textSha1,
      ROSE.base64,
    ]);
  });

  it.each(ROLES)('of a member by %s: by members, and those who are about to be', (role) => {
    const driver = verona();
    publish(driver, JULIET, '');
    const { id } = memberOf(driver, JULIET);
    const jid = inRole(driver, role);
    const outside = ['former', 'blocked', 'stranger'].includes(role);
    expect(verdict(driver.send(askAvatarXml(jid, 'data', id, ROSE.textSha1)))).toBe(
      outside ? 'not-allowed 405' : 'result',
    );
    expect(verdict(driver.send(askAvatarXml(jid, 'metadata', id)))).toBe(
      outside ? 'not-allowed 405' : 'result',
    );
  });

  it('of the group by everybody, who finds no other image so', () => {
    const driver = troupe();
    publish(driver, ROMEO, '', pictureOf("Romeo's"));
    publish(driver, JULIET, undefined);
    expect(asked(driver, PARIS, 'data', undefined, ROSE.textSha1)).toEqual([
      NS.avatarData,
      ROSE.textSha1,
      ROSE.base64,
    ]);
    expect(asked(driver, PARIS, 'data', undefined)).toEqual([NS.avatarData, ROSE.textSha1, ROSE.base64]);
    expect(asked(driver, PARIS, 'metadata', undefined)).toEqual([
      NS.avatarMetadata,
      ROSE.textSha1,
      String(ROSE.bytes),
    ]);
    expect(asked(driver, PARIS, 'data', undefined, pictureOf("Romeo's").textSha1)).toBe('item-not-found 404');
  });

  it.each([
    ['nobody has it', 'data', '', 'f00d'],
    ['he has none', 'data', '', undefined],
    ['he has none: metadata', 'metadata', '', undefined],
    ['there is no such member', 'metadata', 'nobody0000000000', undefined],
    ['the group has none', 'data', undefined, undefined],
    ['the group has none: metadata', 'metadata', undefined, undefined],
  ] as const)('and not found when %s (error row 32)', (_, part, owner, id) => {
    expect(asked(troupe(), ROMEO, part, owner, id)).toBe('item-not-found 404');
  });

  it.each(["<items node='urn:xmpp:omemo:1'/>", '<subscriptions/>'])(
    'but not at %s (error row 33)',
    (payload) => {
      const xml = iqXml(JULIET, 'get', `<pubsub xmlns='${NS.pubsub}'>${payload}</pubsub>`);
      expect(verdict(verona().send(xml))).toBe('feature-not-implemented 501');
    },
  );
});
