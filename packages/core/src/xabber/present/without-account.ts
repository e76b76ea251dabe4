import { pick } from '../../codec/index.js';
import type { BareJid } from '../../jid/index.js';
import { elementsOf, textOf, type XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { parse } from '../../xml/parse.js';
import { enter, type Scope, STANZA_SCOPE } from '../../xml/scope.js';
import { escapedLength, serialise } from '../../xml/serialise.js';
import { body } from '../elements/posted.js';
import { authorMark } from '../elements/reference.js';
import { systemMark } from '../elements/system-message.js';
import { type UserCard, user } from '../elements/user.js';
import { erasedJid } from '../model/erased.js';
import type { ArchivedMessage } from '../model/events.js';
import type { MemberId } from '../model/group.js';
import { moved } from './shifted.js';
import { formerNameIn, WORDING } from './wording.js';

/** Whose traces are to be taken out. */
export interface Erased {
  readonly jid: BareJid;
  /** `undefined`: he was never in this group, which knows his JID all the same. */
  readonly member: MemberId | undefined;
}

/** What a text told of him. */
export interface Traces {
  readonly names: Set<string>;
  /** The ids of his avatars. */
  readonly avatars: Set<string>;
}

/** Each letter, digit and mark of a name; what comes beside one is part of another word. */
const WORD = '[\\p{L}\\p{N}\\p{M}_]';

const quoted = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/**
 * A message as the archive keeps it from now on; the same object when there is nothing of him in it. His cards, wherever
 * they are, become that of nobody, his name in front of his texts and in what the group says goes, and
 * his JID goes from everywhere but the words of people. What he wrote stays, and so does what others wrote of him.
 * @param names under which he was known besides those that the message itself tells
 * @param traces gets what the message told of him
 */
export function messageWithout(
  message: ArchivedMessage,
  erased: Erased,
  names: readonly string[],
  traces: Traces,
): ArchivedMessage {
  const read = parse(inMessage(message.xml), LONG);
  // Nobody could read it, and nobody shall find him in it.
  if (!read.ok) return { ...message, xml: '' };
  const work = workOn(erased);
  const cleaned = withoutHim(read.value, work, STANZA_SCOPE);
  const id = withoutJid(message.id, work, work.jidInId);
  const originId = message.originId && withoutJid(message.originId, work, work.jidInId);
  if (work.hits === 0) return message;
  const { found } = work;
  for (const name of found.names) traces.names.add(name);
  for (const avatar of found.avatars) traces.avatars.add(avatar);
  // Only what the group itself says names people in the text; who is meant shows in the cards beside it.
  const isSaid = message.author === undefined && found.names.size > 0;
  const text = isSaid
    ? unnamed(message.text, [
        ...found.names,
        ...renamed(read.value, message.text, erased),
        ...names,
        erased.jid,
      ])
    : message.text;
  const said = text === message.text ? cleaned : withText(cleaned, message.text, text);
  return { ...message, id, originId, text, xml: textOfChildren(said) };
}

/** The same of what members were told of a rewriting; the same text when there is nothing of him in it. */
export function notificationWithout(notification: string, erased: Erased): string {
  const read = parse(notification, LONG);
  if (!read.ok) return notification;
  const work = workOn(erased);
  const cleaned = withoutHim(read.value, work, STANZA_SCOPE);
  return work.hits === 0 ? notification : serialise(cleaned, NS.client);
}

/** What he was called before a change of his name that the message tells of: no card shows it. */
function renamed(message: XmlElement, text: string, { member }: Erased): string[] {
  const mark = pick(systemMark, elementsOf(message));
  const isHis = mark?.ok === true && mark.value.users.some(({ id }) => id === member);
  return isHis ? [formerNameIn(text) ?? ''] : [];
}

const LONG = { maxLength: 16 * 1024 * 1024 };
const inMessage = (children: string): string => `<message xmlns='${NS.client}'>${children}</message>`;
const textOfChildren = (message: XmlElement): string =>
  elementsOf(message)
    .map((child) => serialise(child, NS.client))
    .join('');

interface Work {
  readonly erased: Erased;
  readonly found: Traces;
  readonly jid: RegExp;
  readonly jidInId: RegExp;
  hits: number;
}

const workOn = (erased: Erased): Work => ({
  erased,
  found: { names: new Set(), avatars: new Set() },
  jid: jidPattern(erased.jid),
  jidInId: idPattern(erased.jid),
  hits: 0,
});

/** A JID where it is no part of a longer one, such as `romeo@example.com` in `xmpp:romeo@example.com?message`. */
const jidPattern = (jid: BareJid): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}._+-])${quoted(jid)}(?![\\p{L}\\p{N}_-]|\\.[\\p{L}\\p{N}])`, 'giu');

/** The same in an id, to which some clients add their own ends: `romeo@example.com-17`. */
const idPattern = (jid: BareJid): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])${quoted(jid)}(?![\\p{L}\\p{N}])`, 'giu');

function withoutJid(text: string, work: Work, pattern = work.jid): string {
  const { member } = work.erased;
  const stand = member === undefined ? 'nobody@erased.invalid' : erasedJid(member);
  return text.replace(pattern, () => {
    work.hits += 1;
    return stand;
  });
}

/** @param outer the namespaces in force around the element */
function withoutHim(element: XmlElement, work: Work, outer: Scope): XmlElement {
  if (user.is(element, outer)) {
    const read = user.parse(element, outer);
    if (read.ok && read.value.id === work.erased.member) return user.build(nobodysCard(read.value, work));
  }
  const attrs = Object.entries(element.attrs).map(([name, value]) => [
    name,
    value === undefined ? value : withoutJid(value, work, name === 'id' ? work.jidInId : work.jid),
  ]);
  const kept = { ...element, attrs: Object.fromEntries(attrs) };
  // Words of people: what they wrote of him is theirs, and what points into it would point elsewhere.
  if (body.is(element, outer)) return kept;
  const scope = enter(element, outer);
  const author = authorIn(element, scope);
  const children = element.children.map((child) =>
    typeof child === 'string' ? withoutJid(child, work) : withoutHim(child, work, scope),
  );
  return { ...kept, children: author === undefined ? children : withoutHeader(children, author, work) };
}

/** The card in a message of a member. */
function authorIn(message: XmlElement, scope: Scope): UserCard | undefined {
  if (message.name !== 'message') return undefined;
  const mark = elementsOf(message).find((child) => authorMark.is(child, scope));
  const read = mark && authorMark.parse(mark, scope);
  return read?.ok ? read.value.card.user : undefined;
}

/** What is left of a card: the id, by which his messages belong together. */
function nobodysCard(card: UserCard, work: Work): UserCard {
  const { nickname, badge, jid } = card;
  const infos = card.avatar?.infos ?? [];
  if (nickname !== undefined && nickname !== WORDING.deletedAccount) work.found.names.add(nickname);
  for (const { id } of infos) work.found.avatars.add(id);
  if (nickname !== WORDING.deletedAccount || badge || jid !== undefined || infos.length > 0) work.hits += 1;
  return {
    ...card,
    jid: undefined,
    nickname: WORDING.deletedAccount,
    badge: '',
    avatar: { infos: [] },
    present: undefined,
  };
}

const headerOf = (name: string): string => `${name}:\n`;

/** The content of a message of his, cleaned but for his name in front of the texts; `card` is as it was. */
function withoutHeader(
  children: readonly (XmlElement | string)[],
  card: UserCard,
  { erased }: Work,
): (XmlElement | string)[] {
  const before = headerOf(card.nickname ?? '');
  const after = headerOf(WORDING.deletedAccount);
  if (card.id !== erased.member || before === after) return [...children];
  const isHeaded = children.some((child) => typeof child !== 'string' && isTextWith(child, before));
  if (!isHeaded) return [...children];
  const shift = {
    characters: [...after].length - [...before].length,
    escaped: escapedLength(after) - escapedLength(before),
  };
  return children.map((child) => {
    if (typeof child === 'string') return child;
    if (authorMark.is(child)) return withRange(child, escapedLength(after));
    return isTextWith(child, before) ? headed(child, before, after) : moved(child, shift);
  });
}

const isTextWith = (child: XmlElement, header: string): boolean =>
  body.is(child) && textOf(child).startsWith(header);

const headed = (child: XmlElement, before: string, after: string): XmlElement => ({
  ...child,
  children: [after + textOf(child).slice(before.length)],
});

function withRange(child: XmlElement, end: number): XmlElement {
  const read = authorMark.parse(child);
  if (!read.ok || read.value.card.end === undefined) return child;
  return authorMark.build({ card: { ...read.value.card, end } });
}

/** A sentence of the group without his names, the longest first: one may be a part of another. */
function unnamed(text: string, names: readonly string[]): string {
  const known = [...new Set(names)].filter((name) => name !== '' && name !== WORDING.deletedAccount);
  if (known.length === 0) return text;
  const any = known
    .sort((one, other) => other.length - one.length)
    .map(quoted)
    .join('|');
  return text.replace(new RegExp(`(?<!${WORD})(?:${any})(?!${WORD})`, 'gu'), () => WORDING.deletedAccount);
}

/** A system message with another sentence in all its texts that say the same. */
const withText = (message: XmlElement, before: string, after: string): XmlElement => ({
  ...message,
  children: message.children.map((child) =>
    typeof child !== 'string' && body.is(child) && textOf(child) === before
      ? { ...child, children: [after] }
      : child,
  ),
});
