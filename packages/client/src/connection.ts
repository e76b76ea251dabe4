import type { FullJid } from '@xmpp-groups/core/jid';
import type { XmlElement } from '@xmpp-groups/core/xml';

/** What a connection tells of itself. */
export type ConnectionEvent =
  /** A stanza has come. */
  | { readonly kind: 'element'; readonly element: XmlElement }
  /**
   * Logged in as `jid`. `resumed`: the session is the one before, and what was under way still comes (XEP-0198);
   * otherwise it is a new one.
   */
  | { readonly kind: 'online'; readonly jid: FullJid; readonly resumed: boolean }
  | { readonly kind: 'offline' };

/**
 * A logged-in connection of whatever library: all that this package needs of one. Who provides it answers requests
 * of others (RFC 6120, section 8.2.3), logs in, and connects again when the connection is lost.
 */
export interface Connection {
  /** Resolves when the stanza is handed over, rejects when it cannot be. Keeps the order of the calls. */
  send(element: XmlElement): Promise<void>;
  /** Calls `listener` for all that happens from now on. Returns the function that ends it. */
  subscribe(listener: (event: ConnectionEvent) => void): () => void;
  /** The own JID while online, `undefined` while not. */
  own(): FullJid | undefined;
}
