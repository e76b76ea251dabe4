import { type Iq, iq } from '../../stanza/stanza.js';
import { NS } from '../../xml/namespaces.js';
import { members } from '../elements/members.js';
import { type UserCard, user } from '../elements/user.js';
import type { Member } from '../model/group.js';

/** A list of so many members that its text is not made before it can be sent. */
export interface MemberList {
  readonly version: number;
  /** As they were when the list was decided: a member is never changed in place. */
  readonly members: readonly Member[];
  /** What whoever asked may see of a member. */
  readonly cardFor: (member: Member) => UserCard;
  readonly words: ListWords;
}

/** How a list is written. */
export interface ListWords {
  /** The text of the list as it is without anybody in it, in the namespace of a stream. */
  empty(version: number): string;
  /** The text of one member inside of it. */
  entry(card: UserCard, member: Member): string;
}

const WORDS: ListWords = {
  empty: (version) => members.print({ version, users: [] }, NS.client),
  entry: (card) => user.print(card, members.namespace),
};

/** A long list in the words of today (reference 8.2). */
export const memberList = (
  version: number,
  listed: readonly Member[],
  cardFor: (member: Member) => UserCard,
): MemberList => ({ version, members: listed, cardFor, words: WORDS });

/** A start tag of an element that is empty so far, and where its end comes. */
const opened = (text: string): string => `${text.slice(0, -2)}>`;

/** The answer to a request for a list, as text: a member at a time, the pieces in their order without anything between. */
export function* listTexts(
  request: Pick<Iq, 'to' | 'from' | 'id'>,
  { version, members: listed, cardFor, words }: MemberList,
): Generator<string> {
  const { to, from, id } = request;
  yield opened(iq.print({ from: to, to: from, id, type: 'result', payload: [] }, NS.client));
  yield opened(words.empty(version));
  for (const member of listed) yield words.entry(cardFor(member), member);
  yield `</${members.name}></iq>`;
}
