import { decodeBase64, encodeBase64 } from '@xmpp-groups/core/codec';
import type { BareJid } from '@xmpp-groups/core/jid';
import { GroupsError } from '../errors.js';
import type { StatePort } from '../kontalk/state-port.js';
import { generateOwnKey, type OwnKey, readOwnKey, writeOwnKey } from './own-key.js';
import { reasonOf } from './public-keys.js';

/** How the own key is kept, and made when there is none. */
export interface OwnKeyOptions {
  /** The name in the user id of a new key, for people. */
  readonly name?: string;
  /** Protects the key where it is kept. */
  readonly passphrase?: string;
}

const nameOf = (jid: BareJid): string => `own key of ${jid}`;

const fault = (what: string, reason: string): GroupsError => new GroupsError({ what }, 'state', reason);

/**
 * The own key of an account as it is kept; when none is, a new one, which is kept before this resolves. Rejects with
 * `state` when the kept one cannot be read, or not with this passphrase.
 */
export async function keptOwnKey(
  state: StatePort,
  jid: BareJid,
  options: OwnKeyOptions = {},
): Promise<OwnKey> {
  const { name, passphrase } = options;
  const what = 'read the own key';
  const text = await state.load(nameOf(jid)).catch((error: unknown) => {
    throw fault(what, reasonOf(error));
  });
  if (text === undefined) {
    const made = await generateOwnKey(jid, name === undefined ? {} : { name });
    await keepOwnKey(state, jid, made, passphrase);
    return made;
  }
  const bytes = decodeBase64(text);
  if (!bytes.ok) throw fault(what, bytes.error);
  const read = await readOwnKey(bytes.value, passphrase);
  if (!read.ok) throw fault(what, read.error.reason);
  return read.value;
}

/** Keeps a key, such as one from a backup, as the own one. Rejects with `state`. */
export async function keepOwnKey(
  state: StatePort,
  jid: BareJid,
  own: OwnKey,
  passphrase?: string,
): Promise<void> {
  try {
    await state.save(nameOf(jid), encodeBase64(await writeOwnKey(own, passphrase)));
  } catch (error) {
    throw fault('keep the own key', reasonOf(error));
  }
}
