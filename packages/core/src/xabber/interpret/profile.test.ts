import { describe, expect, it } from 'vitest';
import { bare } from '../../testing/jids.js';
import { iqIn, messageIn } from '../../testing/stanzas.js';
import { interpretEvent, interpretImage, interpretProfile } from './profile.js';

const from = bare('romeo@example.com');

const profile = (payload: string) =>
  interpretProfile(
    iqIn(
      `<iq from='${from}/orchard' to='verona@groups.example.com/Group' id='1' type='result'>${payload}</iq>`,
    ),
    (base64) =>
      base64 === '?' ? undefined : { sha1: `sha1 of ${base64}`, textSha1: '', bytes: base64.length },
  );

const vcard = (children: string) => profile(`<vCard xmlns='vcard-temp'>${children}</vCard>`);
const metadata = (infos: string) =>
  profile(
    `<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:avatar:metadata'>
       <item id='9f1c'><metadata xmlns='urn:xmpp:avatar:metadata'>${infos}</metadata></item></items></pubsub>`,
  );

const NAME = '<N><FAMILY>Montague</FAMILY><GIVEN>Romeo</GIVEN></N>';

describe("a user's vCard", () => {
  it.each([
    ['his nickname before all', `<FN>R. M.</FN>${NAME}<NICKNAME>romeo</NICKNAME>`, 'romeo'],
    ['given and family name before the full name', `<FN>R. M.</FN>${NAME}`, 'Romeo Montague'],
    ['the given name alone', '<FN>R. M.</FN><N><FAMILY/><GIVEN>Romeo</GIVEN></N>', 'Romeo'],
    ['the full name', '<FN>R. M.</FN><N/><NICKNAME> </NICKNAME>', 'R. M.'],
    ['a name on one line', '<NICKNAME> Romeo:\n\t\u0085Montague </NICKNAME>', 'Romeo: Montague'],
    [
      'the beginning of a long name',
      `<NICKNAME>${'\u{1F339}'.repeat(65)}</NICKNAME>`,
      '\u{1F339}'.repeat(64),
    ],
    ['no name', '', undefined],
  ])('says %s', (_, children, nickname) => {
    expect(vcard(children)).toEqual({ kind: 'profile', from, nickname });
  });

  it.each([
    [
      'a photo',
      '<TYPE>image/jpeg</TYPE><BINVAL>aGVq\nbGxv</BINVAL>',
      { id: 'sha1 of aGVqbGxv', bytes: 8, type: 'image/jpeg' },
      'aGVqbGxv',
    ],
    [
      'a photo of no type',
      '<TYPE/><BINVAL>aGVq</BINVAL>',
      { id: 'sha1 of aGVq', bytes: 4, type: 'image/png' },
      'aGVq',
    ],
    ['a photo elsewhere', '<EXTVAL>https://example.com/p</EXTVAL>', undefined, undefined],
    ['a photo that is empty', '<BINVAL> </BINVAL>', undefined, undefined],
    ['a photo that is none', '<BINVAL>?</BINVAL>', undefined, undefined],
  ])('has %s', (_, photo, avatar, image) => {
    expect(vcard(`<PHOTO>${photo}</PHOTO>`)).toEqual({ kind: 'profile', from, avatar, image });
  });
});

const INFO = { id: '9f1c', bytes: 8211, type: 'image/gif' };

describe("a user's avatar", () => {
  it.each([
    [
      'the first image that he offers',
      "<info id='a' bytes='1'/><info id='b'/>",
      { id: 'a', bytes: 1, type: 'image/png' },
    ],
    [
      'the image that his server has',
      "<info id='a' url='https://a/b'/><info id='9f1c' bytes='8211' type='image/gif'/>",
      INFO,
    ],
    ['none', '', 'none'],
  ])('is %s', (_, infos, avatar) => {
    expect(metadata(infos)).toEqual({ kind: 'profile', from, avatar });
  });

  const image = (items: string) =>
    interpretImage(
      iqIn(
        `<iq from='${from}' to='verona@groups.example.com/Group' id='1' type='result'>
           <pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:avatar:data'>${items}</items></pubsub>
         </iq>`,
      ),
      INFO,
    );
  const data = (text: string) => `<data xmlns='urn:xmpp:avatar:data'>${text}</data>`;

  it('comes with its image when that is asked for', () => {
    expect(image(`<item id='9f1c'>${data('aGVq bGxv')}</item>`)).toEqual({
      kind: 'profile',
      from,
      avatar: INFO,
      image: 'aGVqbGxv',
    });
  });

  it.each([
    '',
    "<item id='9f1c'/>",
    `<item id='9f1c'>${data('')}</item>`,
    `<item id='b'>${data('aGVq')}</item>`,
  ])('has no image in %s', (items) => {
    expect(image(items)).toBeUndefined();
  });

  const event = (payload: string) =>
    interpretEvent(
      messageIn(
        `<message from='${from}' to='verona@groups.example.com/Group' type='headline'>
           <event xmlns='http://jabber.org/protocol/pubsub#event'>${payload}</event></message>`,
      ),
    );

  it('may change while he is a member', () => {
    const items = (metadata: string) =>
      `<items node='urn:xmpp:avatar:metadata'><item id='9f1c'>
         <metadata xmlns='urn:xmpp:avatar:metadata'>${metadata}</metadata></item></items>`;
    expect(event(items("<info id='9f1c' bytes='8211' type='image/gif'/>"))).toEqual({
      kind: 'profile',
      from,
      avatar: INFO,
    });
    expect(event(items(''))).toEqual({ kind: 'profile', from, avatar: 'none' });
  });

  it.each([
    '',
    "<items node='urn:xmpp:avatar:metadata'><retract id='9f1c'/></items>",
    "<items node='http://jabber.org/protocol/nick'><item id='9f1c'/></items>",
    "<items node='urn:xmpp:avatar:metadata'><item id='9f1c'/></items>",
  ])('is nothing that %s speaks of', (payload) => {
    expect(event(payload)).toBeUndefined();
  });
});

describe('nothing', () => {
  it.each(['', "<query xmlns='jabber:iq:version'/>", "<vCard xmlns='vcard-temp'><N/><N/></vCard>"])(
    'is said by %s',
    (payload) => {
      expect(profile(payload)).toBeUndefined();
    },
  );
});
