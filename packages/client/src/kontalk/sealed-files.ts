import type { BareJid } from '@xmpp-groups/core/jid';
import {
  chooseKeys,
  type GroupKey,
  groupOf,
  type OpenedBytes,
  openBytes,
  recipients,
  sealBytes,
} from '@xmpp-groups/core/kontalk';
import { GroupsError } from '../errors.js';
import type { Context } from './context.js';
import { fetchKeys, unsealed } from './say.js';
import { BLIND } from './sight.js';

const ATTEMPT = { what: 'encrypt a file' };

/**
 * A file for all members of a group, to be uploaded (reference 6): once encrypted for all of them, and for me. Who
 * joins later cannot read it.
 */
export async function sealFile(context: Context, key: GroupKey, bytes: Uint8Array): Promise<Uint8Array> {
  const { account, keyring, me } = context;
  await account.loaded;
  const group = groupOf(account.kept().world, key);
  if (group === undefined) throw new GroupsError(ATTEMPT, 'unknown-group', undefined);
  if (group.my !== 'member') throw new GroupsError(ATTEMPT, 'not-member', undefined);
  if (keyring === undefined) throw new GroupsError(ATTEMPT, 'no-signer', 'there are no keys');
  const { keysOf, signer, openPgp } = keyring;
  const others = recipients(group);
  await fetchKeys(keyring, others);
  const readers = chooseKeys([me], keysOf, 'kontalk').ok ? [...others, me] : others;
  const keys = chooseKeys(readers, keysOf, 'kontalk');
  if (!keys.ok) throw unsealed(ATTEMPT, keys.error, keyring, readers);
  const sealed = await sealBytes(bytes, 'kontalk', keys.value, signer, openPgp);
  if (!sealed.ok) throw unsealed(ATTEMPT, sealed.error, keyring, readers);
  return sealed.value;
}

/**
 * A file out of its encryption.
 * @param from who sent the message that names it; only a signature of his counts
 */
export const openFile = ({ keyring }: Context, from: BareJid, bytes: Uint8Array): Promise<OpenedBytes> => {
  const { keysOf, openPgp } = keyring ?? BLIND;
  return openBytes(bytes, { from, keysOf }, openPgp);
};
