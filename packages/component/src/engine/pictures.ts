import type { BareJid } from '@xmpp-groups/core/jid';
import type { ProfileQuestion } from '@xmpp-groups/core/xabber';
import { LRUCache } from 'lru-cache';

/**
 * Keeps groups from asking for a picture each time when a device changes its presence: some users have one image
 * in their vCard and another as their avatar, and would be asked for ever.
 */
export interface PictureQuestions {
  /** Whether a question about a picture has not been asked yet; a `true` counts as asked. */
  isNew(group: BareJid, question: ProfileQuestion): boolean;
}

/** How many questions are remembered, and for how long: some hours later the server may have another answer. */
const REMEMBERED = 50_000;
const REMEMBERED_MS = 6 * 60 * 60_000;

export function pictureQuestions(): PictureQuestions {
  const asked = new LRUCache<string, string>({ max: REMEMBERED, ttl: REMEMBERED_MS });
  return {
    isNew: (group, question) => {
      if (question.topic !== 'picture') return true;
      const key = `${group} ${question.about}`;
      if (asked.get(key) === question.photo) return false;
      asked.set(key, question.photo);
      return true;
    },
  };
}
