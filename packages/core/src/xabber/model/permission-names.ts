import type { Permission, Restriction } from './rights.js';

/** A permission as the clients of 2026 know it (reference 16.2, appendix B), and which of our rights it is. */
export interface PermissionName {
  readonly name: string;
  readonly display: string;
  /** Held while none of these restrictions is in force, or while the permission is. */
  readonly stands: readonly Restriction[] | Permission;
  /** The name under which it is set, where one right has several names: this one then only shows it. */
  readonly setAs?: string;
}

/**
 * All names. Where theirs are finer than our rights, one of them sets the right and the others go with it, so that
 * nobody is given more than what the name says that was set.
 */
export const PERMISSION_NAMES: readonly PermissionName[] = [
  { name: 'send-messages', display: 'Send messages', stands: ['send-messages'] },
  {
    name: 'send-media',
    display: 'Send media',
    stands: ['send-images', 'send-audio', 'send-voice', 'send-stickers'],
  },
  { name: 'add-members', display: 'Add members', stands: ['send-invitations'] },
  { name: 'delete-messages', display: 'Delete messages', stands: 'delete-messages' },
  { name: 'change-user-info', display: 'Change members', stands: 'change-users' },
  { name: 'block-users', display: 'Restrict and block members', stands: 'set-restrictions' },
  {
    name: 'change-permissions',
    display: 'Change permissions of members',
    stands: 'set-restrictions',
    setAs: 'block-users',
  },
  { name: 'create-admins', display: 'Create admins', stands: 'set-permissions' },
  { name: 'change-group-settings', display: 'Change the group', stands: 'change-group' },
  {
    name: 'change-group-info',
    display: 'Change name and description',
    stands: 'change-group',
    setAs: 'change-group-settings',
  },
  {
    name: 'change-default-permissions',
    display: 'Change default permissions',
    stands: 'change-group',
    setAs: 'change-group-settings',
  },
  { name: 'pin-messages', display: 'Pin messages', stands: 'change-group', setAs: 'change-group-settings' },
  { name: 'owner', display: 'Own the group', stands: 'owner' },
];

export const permissionNamed = (name: string): PermissionName | undefined =>
  PERMISSION_NAMES.find((known) => known.name === name);
