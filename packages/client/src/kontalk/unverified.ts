import { bareOf } from '@xmpp-groups/core/jid';
import {
  clientMessage,
  groupMessage,
  groupOf,
  isActive,
  type KeysOf,
  type OpenPgp,
  open,
  readGroup,
  unwrap,
  type World,
} from '@xmpp-groups/core/kontalk';
import type { XmlElement } from '@xmpp-groups/core/xml';
import type { KontalkEvents } from './kinds.js';

/** What is needed to look into a container. */
export interface Looking {
  readonly keysOf: KeysOf;
  readonly openPgp: OpenPgp;
  /** When the server had the stanza, in milliseconds since the epoch. */
  readonly at: number;
}

/**
 * What an encrypted message says whose check failed, when it claims to be a message of a member to a group of mine;
 * `undefined` for commands, for what others claim, and for what cannot be read.
 */
export async function claimOf(
  world: World,
  stanza: XmlElement,
  { keysOf, openPgp, at }: Looking,
): Promise<KontalkEvents['unverified'] | undefined> {
  const { me } = world;
  const unwrapped = unwrap(stanza, me);
  const envelope = unwrapped.ok ? clientMessage.parse(unwrapped.value.message) : undefined;
  if (envelope?.ok !== true || envelope.value.from === undefined) return undefined;
  const { from, id, payload } = envelope.value;
  const opened = await open(payload, { from, me, at, keysOf }, openPgp);
  if (opened?.fault === undefined || opened.content?.kind !== 'message') return undefined;
  const inside = groupMessage.parse(clientMessage.build({ payload: opened.content.payload }));
  const [element] = inside.ok ? inside.value.groups : [];
  const claimed = element === undefined ? undefined : readGroup(element);
  if (!inside.ok || claimed?.ok !== true || claimed.value.command.kind !== 'plain') return undefined;
  const { key } = claimed.value;
  const group = groupOf(world, key);
  const sender = bareOf(from);
  if (group === undefined || !isActive(group, me) || !isActive(group, sender)) return undefined;
  return { claims: key, from: sender, id, text: inside.value.bodies[0], fault: opened.fault };
}
