import type { Jid } from '../../jid/index.js';
import type { PermissionEntry } from '../elements/permissions.js';

/** A submitted form with the rights of another member. */
export interface SetRights {
  readonly kind: 'setRights';
  readonly from: Jid;
  /** The member. */
  readonly id: string;
  readonly values: SubmittedRights;
}

/** A submitted form with what newcomers may not do. */
export interface SetDefaultRights {
  readonly kind: 'setDefaultRights';
  readonly from: Jid;
  readonly values: SubmittedRights;
}

/** The same as `setRights` in the words of the clients of 2026. */
export interface SetPermissions {
  readonly kind: 'setPermissions';
  readonly from: Jid;
  readonly target: string;
  readonly permissions: readonly PermissionEntry[];
}

/** The same as `setDefaultRights` in the words of the clients of 2026, who have two lists of defaults. */
export interface SetDefaultPermissions {
  readonly kind: 'setDefaultPermissions';
  readonly from: Jid;
  readonly list: DefaultList;
  readonly permissions: readonly PermissionEntry[];
}

/** An owner hands the group over: to a member, by JID or member id. */
export interface TransferOwnership {
  readonly kind: 'transferOwnership';
  readonly from: Jid;
  readonly to: string;
}

/** The values of a submitted form by the names of their fields; an empty one takes the right away. */
export type SubmittedRights = ReadonlyMap<string, string>;

/** Which defaults are meant: those of all members, or of new ones. */
export type DefaultList = 'defaults' | 'newbies';
