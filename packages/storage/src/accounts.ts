import type { BareJid } from '@xmpp-groups/core/jid';

export interface Account {
  readonly jid: BareJid;
  /** When it was made, in milliseconds since the epoch. */
  readonly createdAt: number;
}

/**
 * What became of a new account. `exists`: there is one with this JID. `group`: a group has this JID. Nothing was
 * written in both cases.
 */
export type AddOutcome = 'added' | 'exists' | 'group';

/**
 * The accounts that are kept beside the groups, for servers that ask for them by external authentication. A JID
 * is either that of an account or that of a group: who comes later is refused, here and in `Store.commit`. All
 * methods reject with a StoreError when the storage itself fails; nothing is half done then.
 */
export interface Accounts {
  isGroup(jid: BareJid): Promise<boolean>;
  /** What stands for the password of an account; `undefined` when there is no such account. */
  passwordOf(jid: BareJid): Promise<string | undefined>;
  /** @param password what stands for the password: a hash, never the password itself */
  add(jid: BareJid, password: string, createdAt: number): Promise<AddOutcome>;
  /** Gives an account another password; `false` when there is no such account. */
  change(jid: BareJid, password: string): Promise<boolean>;
  /** `false` when there was no such account. */
  remove(jid: BareJid): Promise<boolean>;
  /** All of them, in the order of their JIDs. */
  list(): Promise<readonly Account[]>;
  close(): Promise<void>;
}
