import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { elementFrom, fakeLink } from '../../test/fake-link.js';
import { bare } from '../../test/jids.js';
import { VERONA } from '../../test/scene.js';
import { askProfile } from './profiles.js';

const ROMEO = bare('romeo@example.com');

/** What comes of an answer; `FROM` in it stands for the asked user. */
async function answered(topic: 'vcard' | 'avatar', answer: string | undefined) {
  const link = fakeLink();
  const profile = askProfile(link, VERONA, { kind: 'question', about: ROMEO, topic });
  const [question] = link.questions;
  question?.answer(answer === undefined ? undefined : elementFrom(answer.replace('FROM', ROMEO)));
  return { question, profile: await profile };
}

const iq = (payload: string): string =>
  `<iq type='result' from='FROM' to='${VERONA}/Group' id='1'>${payload}</iq>`;
const vcard = (content: string): string => iq(`<vCard xmlns='vcard-temp'>${content}</vCard>`);
const IMAGE = Buffer.from('an image');

describe('askProfile', () => {
  it.each([
    ['vcard', 'vCard'],
    ['avatar', 'pubsub'],
  ] as const)('asks for the %s as the group, the user himself', async (topic, name) => {
    const { question } = await answered(topic, undefined);
    expect(question).toMatchObject({ to: ROMEO, from: `${VERONA}/Group`, payload: { name } });
  });

  it('takes nickname and photo from the vCard, with the hash and the size of the image', async () => {
    const { profile } = await answered(
      'vcard',
      vcard(
        `<NICKNAME>Romeo</NICKNAME><PHOTO><TYPE>image/jpeg</TYPE><BINVAL>${IMAGE.toString('base64')}</BINVAL></PHOTO>`,
      ),
    );
    expect(profile).toEqual({
      kind: 'profile',
      from: ROMEO,
      nickname: 'Romeo',
      avatar: { id: createHash('sha1').update(IMAGE).digest('hex'), bytes: IMAGE.length, type: 'image/jpeg' },
      image: IMAGE.toString('base64'),
    });
  });

  it.each([
    ['no answer comes', undefined],
    ['the answer is no vCard', iq("<query xmlns='jabber:iq:version'/>")],
    ['the answer is empty', iq('')],
    ['the answer is no IQ', "<message from='FROM' to='a@example.com'/>"],
    ['the answer comes from nobody', "<iq type='result' id='1' to='a@example.com'/>"],
  ])('knows nothing when %s', async (_, answer) => {
    expect((await answered('vcard', answer)).profile).toBeUndefined();
  });

  it.each(['not base64!', '====', ' ', 'QUJD=QUJD'])('leaves out a photo that reads %j', async (binary) => {
    const { profile } = await answered(
      'vcard',
      vcard(`<NICKNAME>R</NICKNAME><PHOTO><BINVAL>${binary}</BINVAL></PHOTO>`),
    );
    expect(profile).toEqual({ kind: 'profile', from: ROMEO, nickname: 'R', avatar: undefined });
  });
});

const PUBLISHED = { id: '9f1c', bytes: 8, type: 'image/png' };
const pep = (items: string): string =>
  iq(`<pubsub xmlns='http://jabber.org/protocol/pubsub'>${items}</pubsub>`);
const metadata = (infos: string): string =>
  pep(
    `<items node='urn:xmpp:avatar:metadata'><item id='9f1c'><metadata xmlns='urn:xmpp:avatar:metadata'>${infos}</metadata></item></items>`,
  );
const data = pep(
  `<items node='urn:xmpp:avatar:data'><item id='9f1c'><data xmlns='urn:xmpp:avatar:data'>aGVqbGxv</data></item></items>`,
);

/** What comes of answers to one question after the other; `undefined`: none came. */
async function answeredInTurn(
  question: { topic: 'picture'; photo: string } | { topic: 'image'; info: typeof PUBLISHED },
  answers: readonly (string | undefined)[],
) {
  const link = fakeLink();
  const profile = askProfile(link, VERONA, { kind: 'question', about: ROMEO, ...question });
  for (const [at, answer] of answers.entries()) {
    await expect.poll(() => link.questions.length).toBeGreaterThan(at);
    link.questions[at]?.answer(answer === undefined ? undefined : elementFrom(answer.replace('FROM', ROMEO)));
  }
  return { profile: await profile, asked: link.questions.length };
}

describe('a question for the picture of a user', () => {
  const picture = { topic: 'picture', photo: 'f00d' } as const;
  const PHOTO = `<PHOTO><TYPE>image/png</TYPE><BINVAL>${IMAGE.toString('base64')}</BINVAL></PHOTO>`;

  it.each([
    [
      'the avatar that he has published',
      [metadata("<info id='9f1c' bytes='8' type='image/png'/>")],
      PUBLISHED,
    ],
    ['that he has taken it away', [metadata('')], 'none'],
    [
      'the photo of his vCard, where he has published none',
      [pep("<items node='urn:xmpp:avatar:metadata'/>"), vcard(PHOTO)],
      expect.objectContaining({ bytes: IMAGE.length }),
    ],
    ['that there is none in the vCard either', [undefined, vcard('')], 'none'],
    ['nothing when no answer comes', [undefined, undefined], undefined],
  ])('finds %s', async (_, answers, avatar) => {
    const { profile, asked } = await answeredInTurn(picture, answers);
    expect([profile?.avatar, asked]).toEqual([avatar, answers.length]);
  });

  it('is followed by one for the image', async () => {
    const { profile } = await answeredInTurn({ topic: 'image', info: PUBLISHED }, [data]);
    expect(profile).toEqual({ kind: 'profile', from: ROMEO, avatar: PUBLISHED, image: 'aGVqbGxv' });
    const { profile: none } = await answeredInTurn({ topic: 'image', info: { ...PUBLISHED, id: 'x' } }, [
      data,
    ]);
    expect(none).toBeUndefined();
  });
});
