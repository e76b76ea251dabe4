import type { ValueOf } from '../../codec/index.js';
import type { BareJid } from '../../jid/index.js';
import { originId } from '../../xep/0359-stanza-ids.js';
import type { XmlElement } from '../../xml/element.js';
import { NS } from '../../xml/namespaces.js';
import { serialise } from '../../xml/serialise.js';
import { body } from '../elements/posted.js';
import { cardReference } from '../elements/reference.js';
import { systemMark } from '../elements/system-message.js';
import type { UserCard } from '../elements/user.js';
import type { Environment } from '../environment.js';
import type { PlacedMessage } from '../model/events.js';
import { type Group, type Member, nextStanzaId, type Properties } from '../model/group.js';
import { type Carded, cardOf, nameOf } from './card.js';
import { idsOf } from './message-ids.js';
import { WORDING } from './wording.js';

type Mark = ValueOf<typeof systemMark>;

interface SystemMessage {
  readonly group: BareJid;
  readonly stanzaId: number;
  readonly previous: number;
  /** Who did it. */
  readonly actor: UserCard;
  readonly mark: Mark;
  readonly text: string;
  /** What stands beside the mark. */
  readonly besides?: readonly XmlElement[];
}

/** What the group says of itself, ready for the archive (reference 7.1). */
function systemMessage(parts: SystemMessage, env: Environment): PlacedMessage {
  const id = env.newId();
  const children = [
    ...idsOf(parts.group, parts.stanzaId),
    originId.build({ id }),
    systemMark.build(parts.mark),
    ...(parts.besides ?? []),
    cardReference.build({ type: 'mutable', user: parts.actor }),
    body.build({ text: parts.text }),
  ];
  return {
    stanzaId: parts.stanzaId,
    previous: parts.previous,
    author: undefined,
    id,
    originId: undefined,
    text: parts.text,
    xml: children.map((element) => serialise(element, NS.client)).join(''),
  };
}

/** `Juliet created public group`: the first message of every archive; `text` says it. */
export function createdMessage(
  group: BareJid,
  properties: Properties,
  creator: Carded,
  text: string,
  env: Environment,
): PlacedMessage {
  const { name, privacy, membership, description, index } = properties;
  return systemMessage(
    {
      group,
      stanzaId: env.now * 1000,
      previous: 0,
      actor: cardOf({ jid: group, properties }, creator, env),
      mark: { type: 'create', version: 0, name, privacy, membership, description, index, users: [] },
      text,
    },
    env,
  );
}

/** `Romeo joined chat`. */
export const joinedMessage = (
  group: Group,
  member: Member,
  version: number,
  env: Environment,
): PlacedMessage => aboutMember('join', group, member, version, env);

/** `Romeo left chat`. */
export const leftMessage = (group: Group, member: Member, version: number, env: Environment): PlacedMessage =>
  aboutMember('left', group, member, version, env);

function aboutMember(
  type: 'join' | 'left',
  group: Group,
  member: Member,
  version: number,
  env: Environment,
): PlacedMessage {
  const text = WORDING[type](nameOf(group.properties.privacy, member));
  return actionMessage(group, member, { type, version, users: [] }, text, env);
}

/**
 * Somebody did something that all are told of: kicked, blocked, changed a card, a right, the group (reference
 * 7.2). The actor is a member; `mark.users` are the cards of those it happened to, as they are afterwards;
 * `besides` are further children of the message.
 */
export const actionMessage = (
  group: Group,
  actor: Member,
  mark: Mark,
  text: string,
  env: Environment,
  besides: readonly XmlElement[] = [],
): PlacedMessage =>
  systemMessage(
    {
      group: group.jid,
      stanzaId: nextStanzaId(group, env.now),
      previous: group.newestStanzaId,
      actor: cardOf(group, actor, env),
      mark,
      text,
      besides,
    },
    env,
  );
