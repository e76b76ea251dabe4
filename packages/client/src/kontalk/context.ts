import { type BareJid, bareOf } from '@xmpp-groups/core/jid';
import { DEFAULT_POLICY, type Environment, type GroupKey } from '@xmpp-groups/core/kontalk';
import { GroupsError } from '../errors.js';
import type { Events } from '../events.js';
import type { Wire } from '../wire.js';
import type { Account } from './account.js';
import type { Keyring } from './keyring.js';
import type { KontalkEvents } from './kinds.js';
import { sha256 } from './sha256.js';

/** What a person decides once. */
export interface Choices {
  /** Whether I am in a group as soon as its owner says so; otherwise it is an invitation. */
  readonly autoJoin: (group: GroupKey) => boolean;
  /** Whether what members of an encrypted group write in clear is shown, marked as such. */
  readonly cleartext: 'show' | 'discard';
  /** Whether members are hidden from who sees a copy, where the service can do that (reference 3.7). */
  readonly hidden: boolean;
  /** Whether the other devices of the account get what is sent. */
  readonly ownDevices: boolean;
  /** Whether members are asked to say that they have received a message. */
  readonly askReceipts: boolean;
  /** Whether that is answered. */
  readonly giveReceipts: boolean;
}

/** What the parts of `KontalkGroups` share. */
export interface Context {
  readonly me: BareJid;
  readonly wire: Wire;
  readonly account: Account;
  readonly events: Events<KontalkEvents>;
  /** `undefined`: groups are in clear. */
  readonly keyring: Keyring | undefined;
  readonly choices: Choices;
}

/** Whether the connection is there, and that of the account. */
export function isOnline({ wire, me }: Pick<Context, 'wire' | 'me'>): boolean {
  const own = wire.own();
  return own !== undefined && bareOf(own) === me;
}

export const environmentOf = ({ wire, choices }: Context): Environment => ({
  now: wire.platform.now(),
  sha256,
  policy: { ...DEFAULT_POLICY, autoJoin: choices.autoJoin, cleartextMessages: choices.cleartext },
});

/** Tells of the failure of something that nobody waits for. A mistake of this package is none. */
export function tellFault({ events }: Context, group: GroupKey | undefined, error: unknown): void {
  if (!(error instanceof GroupsError)) throw error;
  if (error.condition !== 'closed') events.emit('fault', { group, error });
}

/** Lets something run that nobody waits for, and tells of its failure. */
export function inBackground(context: Context, group: GroupKey | undefined, work: Promise<unknown>): void {
  work.catch((error: unknown) => tellFault(context, group, error));
}
