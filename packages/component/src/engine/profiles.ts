import type { BareJid } from '@xmpp-groups/core/jid';
import { type Iq, iq } from '@xmpp-groups/core/stanza';
import {
  interpretImage,
  interpretProfile,
  type Profile,
  type ProfileQuestion,
  questionPayload,
  speakerOf,
} from '@xmpp-groups/core/xabber';
import type { Link } from '../link/link.js';
import { digest } from './environment.js';

/** Asks for one thing; `undefined` when there is no answer. */
type Ask = (asked: Parameters<typeof questionPayload>[0]) => Promise<Iq | undefined>;

/** The vCard that has changed. Who has an avatar of XEP-0084 shows that one, of whose changes his server tells. */
async function askChanged(ask: Ask): Promise<Profile | undefined> {
  const card = await ask({ topic: 'vcard' });
  const profile = card && interpretProfile(card, digest);
  if (profile === undefined) return undefined;
  const published = await ask({ topic: 'avatar' });
  const avatar = published && interpretProfile(published, digest)?.avatar;
  if (typeof avatar !== 'object') return { ...profile, avatar: profile.avatar ?? 'none' };
  const { kind, from, nickname } = profile;
  return { kind, from, nickname };
}

/**
 * Asks a user's server about him, as the group. Servers that do not answer, or do not tell, are nothing
 * unusual: the group then knows no more than before.
 */
export async function askProfile(
  link: Link,
  group: BareJid,
  question: ProfileQuestion,
): Promise<Profile | undefined> {
  const ask: Ask = async (asked) => {
    const from = speakerOf(group);
    const answer = await link.query(question.about, questionPayload(asked), 'get', { from });
    const read = answer.ok ? iq.parse(answer.value) : undefined;
    return read?.ok ? read.value : undefined;
  };
  if (question.topic === 'image') {
    const answer = await ask(question);
    return answer && interpretImage(answer, question.info);
  }
  if (question.topic === 'changed') return askChanged(ask);
  if (question.topic !== 'picture') {
    const answer = await ask({ topic: question.topic });
    return answer && interpretProfile(answer, digest);
  }
  const published = await ask({ topic: 'avatar' });
  const avatar = published && interpretProfile(published, digest);
  if (avatar !== undefined) return avatar;
  const card = await ask({ topic: 'vcard' });
  const profile = card && interpretProfile(card, digest);
  // Neither the one nor the other: he has taken it away. A server that did not answer is no proof of that.
  return profile && { ...profile, avatar: profile.avatar ?? 'none' };
}
