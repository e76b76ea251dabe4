import { withNamespaces } from '../../codec/index.js';
import { elementsOf, type XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { parse } from '../../xml/parse.js';
import { serialise } from '../../xml/serialise.js';
import { authorMark, cardReference } from '../elements/reference.js';
import { messageReplaced } from '../elements/rewrite.js';
import { systemMark } from '../elements/system-message.js';
import { type UserCard, user } from '../elements/user.js';
import type { ArchivedMessage } from '../model/events.js';
import { authorV0 } from './elements.js';
import { inV0, namespaceInV0 } from './namespaces.js';

/**
 * A message of the archive as the first generation reads it: the author's card in a reference beside the body,
 * the kind of a system message in the namespace of its mark (reference 7.2, 16).
 */
export const messageInV0 = <M extends ArchivedMessage>(message: M): M => ({
  ...message,
  xml: textInV0(message.xml),
});

/** The same for stanza content that is serialised. */
export function textInV0(content: string): string {
  const read = parse(`<message xmlns='${NS.client}'>${content}</message>`);
  if (!read.ok) throw new Error(`${read.error.path}: ${read.error.reason} in ${content}`);
  return elementsOf(read.value)
    .map((element) => serialise(elementInV0(element), NS.client))
    .join('');
}

function elementInV0(element: XmlElement): XmlElement {
  const replacing = messageReplaced.is(element) ? messageReplaced.parse(element) : undefined;
  if (replacing?.ok) {
    const { message } = replacing.value;
    const children = elementsOf(message).map(elementInV0);
    return inV0(messageReplaced.build({ ...replacing.value, message: { ...message, children } }));
  }
  const mark = authorMark.is(element) ? authorMark.parse(element) : undefined;
  if (mark?.ok) return author(mark.value.card);
  const actor = cardReference.is(element) ? cardReference.parse(element) : undefined;
  if (actor?.ok) return author(actor.value);
  const system = systemMark.is(element) ? systemMark.parse(element) : undefined;
  return system?.ok ? systemInV0(element, system.value) : inV0(element);
}

/** The end of the range was included then. */
const author = ({
  user: card,
  begin,
  end,
}: {
  readonly user: UserCard;
  readonly begin?: number | undefined;
  readonly end?: number | undefined;
}): XmlElement =>
  authorV0.build({
    type: 'groupchat',
    begin,
    end: end === undefined ? undefined : end - 1,
    user: inV0(user.build(card)),
  });

/** What a kind of system message was called; `undefined`: it had no name of its own. */
const KINDS: Readonly<Record<string, string>> = {
  create: 'create',
  join: 'join',
  left: 'left',
  kick: 'kick',
  block: 'kick',
};

function systemInV0(
  element: XmlElement,
  { type, users }: { readonly type?: string | undefined; readonly users: readonly UserCard[] },
): XmlElement {
  const kind =
    type === 'update'
      ? users.length > 0
        ? 'user-updated'
        : 'update'
      : (KINDS[type ?? ''] ?? 'system-message');
  return withNamespaces(element, (namespace) =>
    namespace === NS.groupsSystemMessage ? `${NS.groupsV0}#${kind}` : namespaceInV0(namespace),
  );
}
