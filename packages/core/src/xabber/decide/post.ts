import { bareOf } from '../../jid/index.js';
import { refusal } from '../../stanza/error.js';
import type { Post } from '../command.js';
import { type Decision, refuseInWords, refuseWith, say } from '../decision.js';
import type { Environment, Found } from '../environment.js';
import type { ArchivedMessage, PlacedMessage } from '../model/events.js';
import { type Group, isBlocked, type Member, memberByJid } from '../model/group.js';
import { restricts } from '../model/rights.js';
import { authoredMessage } from '../present/authored-message.js';
import { cardOf } from '../present/card.js';
import { forbiddenMedia, MEDIA_NAMES } from './carried.js';
import { echoOf } from './echo.js';
import { refusalAsTooSoon } from './pace.js';
import { replacement } from './replacement.js';

/**
 * A message to all (reference 6). A message whose origin-id the author has used before is the same message
 * sent again: he gets his echo again, the others nothing. One that corrects another one of his takes its place
 * (XEP-0308); what corrects none of his is a message like any other.
 */
export function decidePost(group: Group, command: Post, found: Found, env: Environment): Decision {
  const author = memberByJid(group, bareOf(command.from));
  if (author !== undefined && found.repeated !== undefined && isUnfinished(found.repeated, command)) {
    return { ...announcement(group, author, found.repeated, command), isReplay: true };
  }
  const refused = refusalToWrite(group, author, command, env);
  if (refused !== undefined || author === undefined) return refused ?? notMember(false);
  if (command.toResource !== undefined && group.members.has(command.toResource)) return refuseWith(TO_ONE);
  if (found.repeated !== undefined) {
    return say(echoOf(group, author, found.repeated, command.from));
  }
  const tooSoon = refusalAsTooSoon(group, author, command, env);
  if (tooSoon !== undefined) return tooSoon;
  if (command.corrects !== undefined && found.message?.author === author.id) {
    return replacement(group, author, found.message, command, env);
  }
  const about = command.corrects === undefined ? found.message : undefined;
  const message = authoredMessage(group, author, command, about, env);
  return {
    ...announcement(group, author, message, command),
    events: [{ kind: 'messagePosted', message }],
  };
}

/** What is said of a message. The echo is what makes it accepted in the author's eyes: it goes last. */
const announcement = (group: Group, author: Member, message: PlacedMessage, { from }: Post): Decision =>
  say({ kind: 'copies', message }, echoOf(group, author, message, from));

/**
 * Whether it is this very message that is in the archive, and its copies may not have gone out: it was handed over
 * before it got there. What was there already when it came is the author's repetition. Stanza-ids are microseconds.
 */
const isUnfinished = ({ stanzaId }: ArchivedMessage, { handedOver }: Post): boolean =>
  handedOver !== undefined && stanzaId >= handedOver * 1000;

/** Whoever writes to the assigned JID of a member does not want all others to read it. */
const TO_ONE = refusal(
  'not-allowed',
  'Nobody can be written to at the JID that the group has assigned to him: open a private chat',
);

const notMember = (joining: boolean): Decision =>
  refuseWith(
    refusal(
      'not-allowed',
      joining
        ? 'You have not joined yet: accept the subscription request of the group'
        : 'You are not a member of this group',
    ),
  );

/**
 * Why `from` may not write, or not send what the message carries, if he may not (reference 6.7).
 * @param member what he is in the group: to look that up is not for nothing
 */
export function refusalToWrite(
  group: Group,
  member: Member | undefined,
  { from, payload }: Pick<Post, 'from' | 'payload'>,
  env: Environment,
): Decision | undefined {
  if (isBlocked(group, bareOf(from))) {
    const users = member === undefined ? [] : [cardOf(group, member, env)];
    return refuseInWords(refusal('not-allowed', 'You are blocked in this chat'), from, users);
  }
  if (member?.subscription !== 'both') return notMember(member?.subscription === 'wait');
  if (group.status === 'inactive') return refuseInWords(refusal('not-allowed', 'Chat is inactive.'), from);
  if (restricts(member.rights, 'send-messages', env.now)) {
    const text = 'You have no permission to write in this chat';
    return refuseInWords(refusal('not-allowed', `${text} (send-messages)`), from, [], text);
  }
  const media = forbiddenMedia(payload, member.rights, env.now);
  if (media !== undefined) {
    const text = `You have no permission to send ${MEDIA_NAMES[media]} in this chat`;
    return refuseInWords(refusal('not-allowed', `${text} (${media})`), from, [], text);
  }
  return undefined;
}
