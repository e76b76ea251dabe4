import { createHash } from 'node:crypto';
import type { BareJid } from '@xmpp-groups/core/jid';
import { iq } from '@xmpp-groups/core/stanza';
import {
  type Digest,
  interpretProfile,
  type Profile,
  questionPayload,
  speakerOf,
} from '@xmpp-groups/core/xabber';
import type { Link } from '../link/link.js';

/**
 * Asks a user's server about him, as the group. Servers that do not answer, or do not tell, are nothing
 * unusual: the group then knows no more than before.
 */
export async function askProfile(
  link: Link,
  group: BareJid,
  about: BareJid,
  topic: 'vcard' | 'avatar',
): Promise<Profile | undefined> {
  const answer = await link.query(about, questionPayload(topic), 'get', { from: speakerOf(group) });
  const read = answer.ok ? iq.parse(answer.value) : undefined;
  return read?.ok ? interpretProfile(read.value, digest) : undefined;
}

const digest: Digest = (base64) => {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  return { sha1: createHash('sha1').update(bytes).digest('hex'), bytes: bytes.length };
};
