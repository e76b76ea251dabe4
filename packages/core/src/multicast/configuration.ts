import type { BareJid, Jid } from '../jid/index.js';
import type { MulticastService } from './service.js';

/** What a multicast service goes by. */
export interface MulticastConfiguration {
  /** The address of the service. */
  readonly service: BareJid;
  /** The domain whose users it serves. Its sub-domains may send, too. */
  readonly vhost: BareJid;
  /** How many recipients one stanza may have: from senders of the domain and its sub-domains, and from others. */
  readonly limits: { readonly local: number; readonly remote: number };
  /** Whether the list is taken out of every copy, as Kontalk's service does; otherwise as XEP-0033 says. */
  readonly strip: boolean;
  /** Whether `sender` may use the service; without it, everybody may. */
  readonly mayUse?: (sender: Jid) => boolean;
  /**
   * The multicast service of another domain, as service discovery has told within 24 hours; `undefined` when that
   * domain has none or was not asked yet: its users get a copy each (XEP-0033, section 5).
   */
  readonly serviceAt?: (domain: string) => MulticastService | undefined;
}
