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
  const profile = askProfile(link, VERONA, ROMEO, topic);
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
