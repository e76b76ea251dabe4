import type { BareJid } from '@xmpp-groups/core/jid';
import type { Store } from '@xmpp-groups/core/xabber';
import type { Logger } from 'pino';
import type { Task } from './task.js';

/** What is needed to tell the groups of an account what happened to it. */
export interface AccountGroups {
  readonly store: Pick<Store, 'groupsOf'>;
  /** Groups of other hosts may be in the same store. */
  readonly domain: BareJid;
  readonly log: Logger;
  put(group: BareJid, task: Task): void;
}
