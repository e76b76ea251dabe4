import { refusal } from '../../stanza/error.js';
import type { Rewriting } from '../command.js';
import { type Decision, type Notice, refuseWith } from '../decision.js';
import type { Environment, Found } from '../environment.js';
import type { GroupEvent } from '../model/events.js';
import { type Group, nextRewriteVersion } from '../model/group.js';
import {
  allRetractedNotification,
  messageRetractedNotification,
  userRetractedNotification,
} from '../present/rewritten.js';
import { authorised, memberBehind } from './authority.js';

type Command<K extends Rewriting['kind']> = Extract<Rewriting, { kind: K }>;

/**
 * One message is taken out of the archive (reference 12.5): by its author, or with `delete-messages`.
 * @param found the message that is named, if there is one, and the newest one that is left without it
 */
export function decideRetractMessage(
  group: Group,
  { from }: Command<'retractMessage'>,
  { message, newest = 0 }: Found,
  env: Environment,
): Decision {
  const member = memberBehind(group, from);
  if (!member.ok) return refuseWith(member.error);
  if (message === undefined) {
    return refuseWith(refusal('item-not-found', 'There is no such message in the archive'));
  }
  const { stanzaId, author } = message;
  const allowed = author === member.value.id ? member : authorised(group, from, 'delete-messages', env.now);
  if (!allowed.ok) return refuseWith(allowed.error);
  const version = nextRewriteVersion(group);
  const notification = messageRetractedNotification(group, stanzaId, member.value, version);
  return retracted(
    {
      kind: 'messageRetracted',
      stanzaId,
      newest: group.newestStanzaId === stanzaId ? newest : group.newestStanzaId,
      version,
      notification,
    },
    [{ kind: 'retraction', message }],
    group.pinned === stanzaId,
  );
}

/**
 * Everything that one member wrote is taken out: by himself, or with `delete-messages`. He may have left.
 * @param found the pinned message, if there is one, and the newest one that is left without his
 */
export function decideRetractUser(
  group: Group,
  { from, id }: Command<'retractUser'>,
  { message: pinned, newest = 0 }: Found,
  env: Environment,
): Decision {
  const member = memberBehind(group, from);
  if (!member.ok) return refuseWith(member.error);
  const allowed = id === member.value.id ? member : authorised(group, from, 'delete-messages', env.now);
  if (!allowed.ok) return refuseWith(allowed.error);
  if (!group.members.has(id)) return refuseWith(refusal('item-not-found', `There is no member ${id}`));
  const version = nextRewriteVersion(group);
  const notification = userRetractedNotification(group, id, version);
  return retracted(
    { kind: 'historyRetracted', author: id, newest, version, notification },
    [],
    pinned !== undefined && pinned.stanzaId === group.pinned && pinned.author === id,
  );
}

/** The whole archive is emptied, with `delete-messages`. */
export function decideRetractAll(group: Group, { from }: Command<'retractAll'>, env: Environment): Decision {
  const allowed = authorised(group, from, 'delete-messages', env.now);
  if (!allowed.ok) return refuseWith(allowed.error);
  const version = nextRewriteVersion(group);
  const notification = allRetractedNotification(group, version);
  return retracted(
    { kind: 'historyRetracted', author: undefined, newest: 0, version, notification },
    [],
    group.pinned !== 0,
  );
}

/** A message that is gone cannot stay pinned; that is told by presence alone (reference 7.2). */
function retracted(
  event: GroupEvent & { readonly notification: string },
  notices: readonly Notice[],
  unpins: boolean,
): Decision {
  const { notification } = event;
  return {
    events: [event, ...(unpins ? [{ kind: 'messagePinned', stanzaId: 0 } as const] : [])],
    notices: [
      { kind: 'rewritten', notification, to: 'members' },
      ...notices,
      ...(unpins ? [{ kind: 'presence', to: 'members' } as const] : []),
      { kind: 'result', payload: [] },
    ],
  };
}
