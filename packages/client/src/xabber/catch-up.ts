import { bareOf } from '@xmpp-groups/core/jid';
import { type GroupMessage, rewriteQuery } from '@xmpp-groups/core/xabber';
import { GroupsError, isTemporary } from '../errors.js';
import { type Context, tellFault } from './context.js';
import { readHistory } from './history.js';
import { memberById } from './member.js';
import { tellRewritings } from './rewritings.js';
import type { FollowedGroup } from './state.js';

const PAGE = 100;
/** Rewritings that are told one by one after an absence; after more, what is remembered is to be read anew. */
const REWRITES = 50;
/** How long is waited before the archive is asked again that did not answer, in milliseconds. */
const RETRY = 10_000;

const isOwn = (context: Context, group: FollowedGroup, { card }: GroupMessage): boolean => {
  const own = context.wire.own();
  if (card === undefined) return false;
  return (own !== undefined && card.jid === bareOf(own)) || card.id === group.me?.id;
};

/** Tells of a message if that was not done before. */
function tell(
  context: Context,
  group: FollowedGroup,
  id: string,
  message: GroupMessage,
  live: boolean,
): void {
  if (group.told.seen(id)) return;
  group.position = { ...group.position, stanzaId: id };
  const about = { group: group.jid, message, own: isOwn(context, group, message), live };
  if (message.reactions === undefined) context.events.emit('message', about);
  else
    context.events.emit('reaction', { ...about, to: message.reactions.id, emojis: message.reactions.emojis });
}

/** Ids are moments in digits (reference 6.5): an old copy, from the offline storage, is known by that. */
const isBehind = (id: string, position: string | undefined): boolean =>
  position !== undefined &&
  /^\d+$/.test(id) &&
  /^\d+$/.test(position) &&
  (id.length < position.length || (id.length === position.length && id <= position));

/**
 * A message has come as it was written. While the group is caught up with, it is left to the archive, which has every
 * message before it is delivered: so they are told in order, once, and none is missed.
 */
export function arrived(context: Context, group: FollowedGroup, message: GroupMessage): void {
  const id = message.stanzaId;
  if (id === undefined) return;
  if (group.catchUp === 'idle') {
    if (!isBehind(id, group.position.stanzaId)) tell(context, group, id, message, true);
    return;
  }
  group.catchUp = 'again';
  group.skipped ??= id;
}

/** The place from which a group is followed of which nothing is known: behind its newest message. */
async function anchor({ wire }: Context, group: FollowedGroup): Promise<void> {
  const newest = await readHistory(wire, group.jid, { before: '', max: 1 });
  // What came meanwhile is part of what is followed.
  const { last } =
    group.skipped === undefined
      ? newest
      : await readHistory(wire, group.jid, { before: group.skipped, max: 1 });
  group.position = { ...group.position, stanzaId: last ?? '' };
}

/** All messages behind the position, page by page. */
async function readOn(context: Context, group: FollowedGroup): Promise<void> {
  for (;;) {
    const after = group.position.stanzaId ?? '';
    const { items, complete, last } = await readHistory(context.wire, group.jid, { after, max: PAGE });
    for (const { id, message } of items) tell(context, group, id, message, false);
    if (last !== undefined) group.position = { ...group.position, stanzaId: last };
    if (complete || last === undefined || last === after) return;
  }
}

/** What was rewritten meanwhile comes as from now, before the answer, which says the version (reference 12.5). */
async function readRewrites(context: Context, group: FollowedGroup): Promise<void> {
  const { rewrites } = group.position;
  const question = rewriteQuery.build(
    rewrites === undefined ? {} : { version: rewrites, lessThan: REWRITES },
  );
  const attempt = { what: 'ask what was rewritten', to: group.jid };
  const { version } = await context.wire.ask(attempt, question, rewriteQuery);
  tellRewritings(context, group, version);
}

/** Another call, or a message, may have set it during the wait. */
const isAgain = ({ catchUp }: FollowedGroup): boolean => catchUp === 'again';

/**
 * Tells of everything behind the position of the group, and keeps its messages from overtaking. Asks again, after a
 * while, when the archive did not answer.
 * @returns what went wrong; after a refusal it is not tried again before the next login
 */
export async function bringUpToDate(
  context: Context,
  group: FollowedGroup,
): Promise<GroupsError | undefined> {
  group.cancelRetry();
  if (group.catchUp !== 'idle') {
    group.catchUp = 'again';
    return undefined;
  }
  group.skipped = undefined;
  group.catchUp = 'running';
  try {
    // Before the messages: in incognito groups nothing else tells which of them are one's own.
    group.me ??= await memberById(context.wire, group.jid, '');
    if (group.position.stanzaId === undefined) await anchor(context, group);
    do {
      group.catchUp = 'running';
      await readOn(context, group);
      await readRewrites(context, group);
    } while (isAgain(group));
    group.catchUp = 'idle';
    context.events.emit('caughtUp', { group: group.jid });
    return undefined;
  } catch (error) {
    if (!(error instanceof GroupsError)) throw error;
    group.catchUp = 'idle';
    const followed = context.groups.get(group.jid) === group;
    if (followed && isTemporary(error)) retryLater(context, group);
    return error;
  }
}

/** The same when nobody waits for it: what goes wrong is told as a fault. */
export async function catchUp(context: Context, group: FollowedGroup): Promise<void> {
  const error = await bringUpToDate(context, group);
  if (error !== undefined) tellFault(context, group.jid, error);
}

function retryLater(context: Context, group: FollowedGroup): void {
  // Until then messages are left to the archive, as during the catching up itself.
  group.catchUp = 'running';
  const cancel = context.wire.platform.after(RETRY, () => void catchUp(context, group));
  group.cancelRetry = () => {
    group.cancelRetry = () => undefined;
    group.catchUp = 'idle';
    cancel();
  };
}
