import { type BareJid, parseBareJid } from '@xmpp-groups/core/jid';
import type { ProfileQuestion } from '@xmpp-groups/core/xabber';
import { describe, expect, it } from 'vitest';
import { pictureQuestions } from './pictures.js';

const bare = (text: string): BareJid => {
  const read = parseBareJid(text);
  if (!read.ok) throw new Error(read.error.reason);
  return read.value;
};

const VERONA = bare('verona@groups.example.com');
const about = bare('romeo@example.com');
const picture = (photo: string, whom = about): ProfileQuestion => ({
  kind: 'question',
  about: whom,
  topic: 'picture',
  photo,
});

describe('a question for a picture', () => {
  it('is asked once for each photo that the group hears of', () => {
    const questions = pictureQuestions();
    expect(questions.isNew(VERONA, picture('1'))).toBe(true);
    expect(questions.isNew(VERONA, picture('1'))).toBe(false);
    expect(questions.isNew(VERONA, picture('2'))).toBe(true);
    expect(questions.isNew(VERONA, picture('1'))).toBe(true);
  });

  it('is asked by each group, of each user', () => {
    const questions = pictureQuestions();
    expect(questions.isNew(VERONA, picture(''))).toBe(true);
    expect(questions.isNew(bare('mantua@groups.example.com'), picture(''))).toBe(true);
    expect(questions.isNew(VERONA, picture('', bare('nurse@example.com')))).toBe(true);
  });

  it('is the only one that is held back', () => {
    const questions = pictureQuestions();
    const vcard: ProfileQuestion = { kind: 'question', about, topic: 'vcard' };
    expect([questions.isNew(VERONA, vcard), questions.isNew(VERONA, vcard)]).toEqual([true, true]);
  });
});
