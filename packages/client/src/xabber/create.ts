import { pick } from '@xmpp-groups/core/codec';
import { type BareJid, bareOf, domainOf, jidOf, localpartOf, parseBareJid } from '@xmpp-groups/core/jid';
import {
  type CreateRequest,
  create,
  existingChat,
  type GroupPresence,
  readGroupPresence,
  removal,
} from '@xmpp-groups/core/xabber';
import { type Attempt, GroupsError, unreadable } from '../errors.js';
import type { Wire } from '../wire.js';
import { approve, joinGroup } from './join.js';

/** What a new group is to be; what is left out is the host's choice (reference 2.1). */
export type NewGroup = Pick<
  CreateRequest,
  'localpart' | 'name' | 'description' | 'privacy' | 'membership' | 'index' | 'contacts' | 'domains'
>;

/** The host of a group: groups have no other address. */
function hostOf(what: string, group: BareJid): Attempt & { readonly to: BareJid } {
  const host = parseBareJid(domainOf(group));
  if (!host.ok) throw unreadable({ what, to: group }, host.error);
  return { what, to: host.value };
}

/** Has a host make a group, adds it to the roster and joins it. */
async function make(
  wire: Wire,
  attempt: Attempt & { readonly to: BareJid },
  request: CreateRequest,
): Promise<BareJid> {
  // A new group asks for the subscription at once, so that its request can come together with the result.
  const asking = new Map<BareJid, GroupPresence>();
  const stop = wire.subscribe((event) => {
    const read = event.kind === 'element' ? readGroupPresence(event.element) : undefined;
    if (read?.type === 'subscribe') asking.set(bareOf(read.from), read);
  });
  try {
    const answer = pick(create, await wire.change(attempt, create.build(request)));
    if (!answer?.ok) throw unreadable(attempt, answer?.error ?? { path: 'iq', reason: 'empty' });
    const jid = jidOf({ local: answer.value.localpart ?? '', domain: attempt.to });
    if (!jid.ok) throw unreadable(attempt, jid.error);
    const group = bareOf(jid.value);
    await approve(wire, group, attempt, asking.get(group));
    return group;
  } finally {
    stop();
  }
}

/** Creates a group, adds it to the roster and joins it. Resolves with its JID (reference 2). */
export const createGroup = (wire: Wire, host: BareJid, options: NewGroup): Promise<BareJid> =>
  make(wire, { what: 'create a group', to: host }, options);

/**
 * Opens the private chat with a member of an incognito group, by his id: the one that there is, or a new one, to which
 * the group invites him. Resolves with its JID when one has joined it (reference 13).
 */
export async function openPrivateChat(wire: Wire, group: BareJid, id: string): Promise<BareJid> {
  try {
    return await make(wire, hostOf('open a private chat', group), { partner: { jid: group, id } });
  } catch (error) {
    if (!(error instanceof GroupsError) || error.condition !== 'conflict') throw error;
    const existing = pick(existingChat, error.beside);
    if (!existing?.ok) throw error;
    await joinGroup(wire, existing.value.jid);
    return existing.value.jid;
  }
}

/** Deletes a group; only an owner may (reference 11.5). */
export async function deleteGroup(wire: Wire, group: BareJid): Promise<void> {
  await wire.change(hostOf('delete a group', group), removal.build({ text: localpartOf(group) ?? '' }));
}
