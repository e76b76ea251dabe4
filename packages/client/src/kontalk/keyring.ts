import type { BareJid } from '@xmpp-groups/core/jid';
import type { Fingerprint, KeysOf, OpenPgp, Signer } from '@xmpp-groups/core/kontalk';
import type { XmlElement } from '@xmpp-groups/core/xml';

export interface Keyring {
  /** The own key. */
  readonly signer: Signer;
  readonly openPgp: OpenPgp;
  readonly keysOf: KeysOf;
  /** Asks the network for somebody's keys (urn:xmpp:pubkey:2, PEP); resolves when what came is taken; rejects with GroupsError only when the connection fails. */
  fetch(jid: BareJid): Promise<void>;
  /** Whether somebody announces OX (XEP-0373 metadata node or urn:xmpp:openpgp:im:0). */
  announces(jid: BareJid): boolean;
  /** The user's decision on a key. */
  judge(jid: BareJid, fingerprint: Fingerprint, standing: 'verified' | 'refused'): Promise<void>;
  /** Called after keys of a JID have changed, `changed` when one waits for confirmation. Returns the function that ends it. */
  onChange(listener: (jid: BareJid, news: 'first' | 'changed' | 'judged') => void): () => void;
  /** Takes elements of the connection that announce keys (PEP events, presence with keys). */
  take(stanza: XmlElement): void;
}
