import type { Jid } from '../../jid/index.js';
import type { Form } from '../../xep/0004-data-forms.js';
import type { CommandStep } from '../../xep/0050-ad-hoc-commands.js';
import type { StanzaId } from '../model/group.js';

/** Changes of the group as a whole, and of what a member hears of it. */
export type SettingsCommand =
  | { readonly kind: 'setProperties' | 'setStatus'; readonly from: Jid; readonly form: Form }
  /** `0` unpins. */
  | { readonly kind: 'pin'; readonly from: Jid; readonly stanzaId: StanzaId }
  /** Live word of joins, leaves and counters; word of who is typing, for one device. */
  | { readonly kind: 'setUpdates' | 'setTyping'; readonly from: Jid; readonly receive: boolean };

/** A step of an ad-hoc command (XEP-0050). */
export interface AdHoc {
  readonly kind: 'adHoc';
  readonly from: Jid;
  readonly step: CommandStep;
}
