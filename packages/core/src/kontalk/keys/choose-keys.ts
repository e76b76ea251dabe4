import type { BareJid } from '../../jid/index.js';
import { err, ok, type Result } from '../../result.js';
import type { ContainerForm } from '../containers/open-pgp.js';
import { isAccepted, type KnownKey } from './known-key.js';
import { isOpenPgpUserIdOf } from './user-id.js';

/** Whom a message is encrypted to, and with which key. */
export interface RecipientKey {
  readonly jid: BareJid;
  readonly key: KnownKey;
}

/** Who has no key that counts. Nothing is sent in clear because of that. */
export interface MissingKeys {
  readonly kind: 'missing-key';
  readonly jids: readonly BareJid[];
}

/** All that is known of the keys of somebody, accepted or not. */
export type KeysOf = (jid: BareJid) => readonly KnownKey[];

/**
 * The keys for `recipients`: of each his newest in Kontalk's form (its clients know one key of each, reference 4.1),
 * all of them in that of XEP-0374 (section 2.3); only such as count.
 */
export function chooseKeys(
  recipients: readonly BareJid[],
  keysOf: KeysOf,
  form: ContainerForm,
): Result<readonly RecipientKey[], MissingKeys> {
  const chosen: RecipientKey[] = [];
  const missing: BareJid[] = [];
  for (const jid of new Set(recipients)) {
    const usable = keysOf(jid)
      .filter(isAccepted)
      .sort((one, other) => other.since - one.since);
    const keys = form === 'kontalk' ? usable.slice(0, 1) : usable;
    if (keys.length === 0) missing.push(jid);
    chosen.push(...keys.map((key) => ({ jid, key })));
  }
  return missing.length === 0 ? ok(chosen) : err({ kind: 'missing-key', jids: missing });
}

/**
 * The form that all recipients read: that of XEP-0374 when each has announced it and has a key for it, else
 * Kontalk's (reference 4.5).
 * @param announces whether somebody has announced `urn:xmpp:openpgp:im:0`, or keys on his metadata node
 */
export function formFor(
  recipients: readonly BareJid[],
  keysOf: KeysOf,
  announces: (jid: BareJid) => boolean,
): ContainerForm {
  const speaks = (jid: BareJid): boolean =>
    announces(jid) &&
    keysOf(jid).some(
      (key) => isAccepted(key) && key.userIds.some((userId) => isOpenPgpUserIdOf(userId, jid)),
    );
  return recipients.length > 0 && recipients.every(speaks) ? 'openpgp' : 'kontalk';
}
