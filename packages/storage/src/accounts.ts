import type { BareJid } from '@xmpp-groups/core/jid';

/** An account, as it is listed. */
export interface Account {
  /** The JID of the account, which has a localpart. */
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
  /** Whether there is a group with this JID, on whatever host. */
  isGroup(jid: BareJid): Promise<boolean>;
  /** What stands for the password of an account; `undefined` when there is no such account. */
  passwordOf(jid: BareJid): Promise<string | undefined>;
  /**
   * Adds an account.
   * @param password what stands for the password: a hash, never the password itself
   * @param createdAt milliseconds since the epoch
   */
  add(jid: BareJid, password: string, createdAt: number): Promise<AddOutcome>;
  /** Gives an account another password; `false` when there is no such account. */
  change(jid: BareJid, password: string): Promise<boolean>;
  /** `false` when there was no such account. */
  remove(jid: BareJid): Promise<boolean>;
  /** All of them, in the order of their JIDs. */
  list(): Promise<readonly Account[]>;
  /** Ends the work on the accounts; what was answered before is durable. */
  close(): Promise<void>;
}
