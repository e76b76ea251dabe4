import type { BareJid } from '../../jid/index.js';
import { err, ok, type Result } from '../../result.js';
import type { XmlElement } from '../../xml/element.js';
import type { RecipientKey } from '../keys/choose-keys.js';
import type { Fingerprint } from '../keys/known-key.js';
import { jidInUserId, kontalkUserId, openPgpUserId } from '../keys/user-id.js';
import { LIMITS } from '../model/limits.js';
import { containerElements } from './container.js';
import { type Draft, writeKontalk, writeOpenPgp } from './content.js';
import type { ContainerForm, EncryptFault, OpenPgp } from './open-pgp.js';
import { utf8Of } from './utf8.js';

/** Who signs. */
export interface Signer {
  readonly jid: BareJid;
  readonly fingerprint: Fingerprint;
  /** The user ids of the key. */
  readonly userIds: readonly string[];
}

/** Why nothing was encrypted; `most`: how many characters a message may have. */
export type SealFault =
  | EncryptFault
  | { readonly kind: 'no-recipients' }
  | { readonly kind: 'too-large'; readonly most: number };

/**
 * A message in a container: once encrypted for all recipients, to go out with the same id to each of them (reference
 * 3.6, 4.1, 4.5). Own devices read it, too, when the own account is one of the recipients.
 * @param recipients from `chooseKeys`, each with a key of the form
 * @returns the container for the stanza outside: beside it go the addresses, and a stub if it is to be kept
 */
export async function seal(
  draft: Draft,
  form: ContainerForm,
  recipients: readonly RecipientKey[],
  signer: Signer,
  openPgp: OpenPgp,
): Promise<Result<readonly XmlElement[], SealFault>> {
  if (recipients.length === 0) return err({ kind: 'no-recipients' });
  const userId = userIdOf(signer.userIds, signer.jid, form);
  const text =
    form === 'kontalk'
      ? writeKontalk(
          draft,
          userId,
          recipients.map(({ jid, key }) => userIdOf(key.userIds, jid, form)),
        )
      : writeOpenPgp(draft, [...new Set(recipients.map(({ jid }) => jid))]);
  if (text.length > LIMITS.stanza) return err({ kind: 'too-large', most: LIMITS.stanza });
  const sealed = await sealBytes(utf8Of(text), form, recipients, signer, openPgp);
  return sealed.ok ? ok(containerElements(form, sealed.value)) : sealed;
}

/**
 * A file for all recipients, as it is uploaded: the same encryption and signature, without the headers of a message
 * (reference 6).
 */
export async function sealBytes(
  bytes: Uint8Array,
  form: ContainerForm,
  recipients: readonly RecipientKey[],
  signer: Signer,
  openPgp: OpenPgp,
): Promise<Result<Uint8Array, SealFault>> {
  if (recipients.length === 0) return err({ kind: 'no-recipients' });
  return openPgp.encrypt(bytes, {
    to: [...new Set(recipients.map(({ key }) => key.fingerprint))],
    signer: signer.fingerprint,
    userId: userIdOf(signer.userIds, signer.jid, form),
    form,
  });
}

/** The user id of a key that names `jid`: Kontalk's keys have one for each network (reference 5). */
function userIdOf(userIds: readonly string[], jid: BareJid, form: ContainerForm): string {
  const naming = userIds.filter((userId) => jidInUserId(userId) === jid);
  const [usual] = naming.filter((userId) => userId.startsWith('xmpp:') === (form === 'openpgp'));
  return usual ?? naming[0] ?? (form === 'kontalk' ? kontalkUserId(jid) : openPgpUserId(jid));
}
