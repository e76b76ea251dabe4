import type { Jid } from '../../jid/index.js';
import type { Preferences } from '../model/group.js';

/** Somebody asks to join (reference 3.1). */
export interface Subscribe {
  readonly kind: 'subscribe';
  readonly from: Jid;
  /** Whether the presence says that its sender is a group itself (trap T17). */
  readonly isGroup: boolean;
  readonly choices?: Choices | undefined;
}

/** What somebody decides about himself in a presence (reference 5.4). */
export type Choices = Partial<Pick<Preferences, 'collects' | 'acceptsPrivateChats'>>;

/** A device came online. */
export interface Appeared {
  readonly kind: 'appeared';
  readonly from: Jid;
  readonly choices?: Choices | undefined;
  /** The hash of the photo in the user's vCard (XEP-0153); empty: he has none; `undefined`: nothing is said. */
  readonly photo?: string | undefined;
}
