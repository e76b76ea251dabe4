import { describe, expect, it } from 'vitest';
import { bare } from '../../testing/jids.js';
import { iqIn } from '../../testing/stanzas.js';
import { interpretProfile } from './profile.js';

const from = bare('romeo@example.com');

const profile = (payload: string) =>
  interpretProfile(
    iqIn(
      `<iq from='${from}/orchard' to='verona@groups.example.com/Group' id='1' type='result'>${payload}</iq>`,
    ),
    (base64) => (base64 === '?' ? undefined : { sha1: `sha1 of ${base64}`, bytes: base64.length }),
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
    ],
    [
      'a photo of no type',
      '<TYPE/><BINVAL>aGVq</BINVAL>',
      { id: 'sha1 of aGVq', bytes: 4, type: 'image/png' },
    ],
    ['a photo elsewhere', '<EXTVAL>https://example.com/p</EXTVAL>', undefined],
    ['a photo that is empty', '<BINVAL> </BINVAL>', undefined],
    ['a photo that is none', '<BINVAL>?</BINVAL>', undefined],
  ])('has %s', (_, photo, avatar) => {
    expect(vcard(`<PHOTO>${photo}</PHOTO>`)).toEqual({ kind: 'profile', from, avatar });
  });
});

describe("a user's avatar", () => {
  it('is the first image that he offers', () => {
    expect(
      metadata("<info id='9f1c' bytes='8211' type='image/gif' url='https://a/b'/><info id='b'/>"),
    ).toEqual({
      kind: 'profile',
      from,
      avatar: { id: '9f1c', bytes: 8211, type: 'image/gif', url: 'https://a/b' },
    });
  });

  it('may be none', () => {
    expect(metadata('')).toBeUndefined();
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
