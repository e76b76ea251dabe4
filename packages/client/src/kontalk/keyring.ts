import type { BareJid } from '@xmpp-groups/core/jid';
import type { Fingerprint, KeysOf, OpenPgp, Signer } from '@xmpp-groups/core/kontalk';
import type { XmlElement } from '@xmpp-groups/core/xml';

/** The keys of an account and of those whom it writes to. */
export interface Keyring {
  /** The own key. */
  readonly signer: Signer;
  readonly openPgp: OpenPgp;
  /** What is known of somebody's keys. */
  readonly keysOf: KeysOf;
  /**
   * Asks the network for somebody's keys (`urn:xmpp:pubkey:2`, PEP). Resolves when what came is taken; rejects with a
   * `GroupsError`, and only when the connection fails.
   */
  fetch(jid: BareJid): Promise<void>;
  /** Whether somebody announces OX (metadata node of XEP-0373, or `urn:xmpp:openpgp:im:0`). */
  announces(jid: BareJid): boolean;
  /** The user's decision on a key. */
  judge(jid: BareJid, fingerprint: Fingerprint, standing: 'verified' | 'refused'): Promise<void>;
  /**
   * Calls `listener` after keys of a JID have changed; `changed`: one waits for confirmation. Returns the function
   * that ends it.
   */
  onChange(listener: (jid: BareJid, news: 'first' | 'changed' | 'judged') => void): () => void;
  /** Takes elements of the connection that announce keys: PEP events, presence with keys. */
  take(stanza: XmlElement): void;
}
