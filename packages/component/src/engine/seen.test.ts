import { parseBareJid } from '@xmpp-groups/core/jid';
import type { ArchivedMessage } from '@xmpp-groups/core/xabber';
import { describe, expect, it } from 'vitest';
import { seenOnce } from './seen.js';

const groupCalled = (name: string) => {
  const read = parseBareJid(`${name}@groups.example.com`);
  if (!read.ok) throw new Error(read.error.reason);
  return read.value;
};

const seen = (stanzaId: number, author: string | undefined) => {
  const message: ArchivedMessage = { stanzaId, author, id: 'i', originId: undefined, text: '', xml: '' };
  return { kind: 'seen', message, by: 'reader' } as const;
};

describe('that a message was seen', () => {
  it('is news once, for it and those that the same author wrote before', () => {
    const { isNews } = seenOnce();
    const verona = groupCalled('verona');
    expect([5, 5, 4, 6].map((id) => isNews(verona, seen(id, 'romeo')))).toEqual([true, false, false, true]);
  });

  it('is news for each author, for the group itself, and in each group', () => {
    const { isNews } = seenOnce();
    const authors = ['romeo', 'juliet', undefined];
    for (const group of [groupCalled('verona'), groupCalled('mantua')]) {
      expect(authors.map((author) => isNews(group, seen(5, author)))).toEqual([true, true, true]);
    }
  });
});
