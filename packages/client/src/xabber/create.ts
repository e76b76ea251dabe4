import { pick } from '@xmpp-groups/core/codec';
import { type BareJid, bareOf, domainOf, jidOf, localpartOf, parseBareJid } from '@xmpp-groups/core/jid';
import {
  type CreateRequest,
  create,
  type GroupPresence,
  readGroupPresence,
  removal,
} from '@xmpp-groups/core/xabber';
import { unreadable } from '../errors.js';
import type { Wire } from '../wire.js';
import { approve } from './join.js';

/** What a new group is to be; what is left out is the host's choice (reference 2.1). */
export type NewGroup = Pick<
  CreateRequest,
  'localpart' | 'name' | 'description' | 'privacy' | 'membership' | 'index' | 'contacts' | 'domains'
>;

/** Creates a group, adds it to the roster and joins it. Resolves with its JID (reference 2). */
export async function createGroup(wire: Wire, host: BareJid, options: NewGroup): Promise<BareJid> {
  const attempt = { what: 'create a group', to: host };
  // A new group asks for the subscription at once, so that its request can come together with the result.
  const asking = new Map<BareJid, GroupPresence>();
  const stop = wire.subscribe((event) => {
    const read = event.kind === 'element' ? readGroupPresence(event.element) : undefined;
    if (read?.type === 'subscribe') asking.set(bareOf(read.from), read);
  });
  try {
    const answer = pick(create, await wire.change(attempt, create.build(options)));
    if (!answer?.ok) throw unreadable(attempt, answer?.error ?? { path: 'iq', reason: 'empty' });
    const jid = jidOf({ local: answer.value.localpart ?? '', domain: host });
    if (!jid.ok) throw unreadable(attempt, jid.error);
    const group = bareOf(jid.value);
    await approve(wire, group, attempt, asking.get(group));
    return group;
  } finally {
    stop();
  }
}

/** Deletes a group; only an owner may (reference 11.5). */
export async function deleteGroup(wire: Wire, group: BareJid): Promise<void> {
  const host = parseBareJid(domainOf(group));
  if (!host.ok) throw unreadable({ what: 'delete a group', to: group }, host.error);
  const request = removal.build({ text: localpartOf(group) ?? '' });
  await wire.change({ what: 'delete a group', to: host.value }, request);
}
