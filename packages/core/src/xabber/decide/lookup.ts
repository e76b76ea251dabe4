import { bareOf } from '../../jid/index.js';
import { archiveQueryFor } from '../answer/archive.js';
import { imageFor } from '../answer/avatar.js';
import { rewritesFor } from '../answer/rewrites.js';
import { photoFor } from '../answer/vcard.js';
import type { GroupCommand, Post } from '../command.js';
import type { Environment } from '../environment.js';
import { activeMember, type Group, type MemberId, memberByJid } from '../model/group.js';
import type { ArchiveQuery } from '../store.js';
import { type TracesLookup, tracesFor } from './erase.js';
import { identified } from './identified.js';
import type { NamedMessage } from './named.js';
import { avatarsOfPair } from './private-chat.js';

/** What the Store has to be asked before a command can be decided. */
export type Lookup =
  /** With the message that this one corrects or refers to, if it names one. */
  | {
      readonly kind: 'repeated';
      readonly author: MemberId;
      readonly originId: string;
      readonly message?: NamedMessage | undefined;
    }
  | { readonly kind: 'message'; readonly message: NamedMessage }
  /** A message, and the newest one that stays when it is retracted, or what `author` wrote. */
  | {
      readonly kind: 'retraction';
      readonly message?: NamedMessage | undefined;
      readonly author?: MemberId | undefined;
    }
  /** What was rewritten after version `since`, at most `max` of it. */
  | { readonly kind: 'rewrites'; readonly since: number; readonly max: number }
  | TracesLookup
  | { readonly kind: 'page'; readonly query: ArchiveQuery }
  /** The image with this id, of whomever it is or was. */
  | { readonly kind: 'image'; readonly id: string }
  /** The same of several at once. */
  | { readonly kind: 'images'; readonly ids: readonly string[] };

/** What has to be looked up for a command; `undefined`: nothing. */
export function lookupFor(
  group: Group | undefined,
  given: GroupCommand,
  env: Environment,
): Lookup | undefined {
  if (group === undefined) return undefined;
  const command = identified(group, given);
  if (command.kind === 'post') return lookupForPost(group, command);
  if (command.kind === 'archive') {
    const query = archiveQueryFor(group, command, env);
    return query && { kind: 'page', query };
  }
  if (command.kind === 'openPrivateChat') {
    const ids = avatarsOfPair(group, command);
    return ids.length === 0 ? undefined : { kind: 'images', ids };
  }
  if (command.kind === 'erase') return tracesFor(group, command);
  if (command.kind === 'rewrites') {
    const wanted = rewritesFor(group, command, env);
    return wanted && { kind: 'rewrites', ...wanted };
  }
  if (command.kind === 'retractMessage') {
    const message = namedBy(group, command);
    return message && { kind: 'retraction', message };
  }
  if (command.kind === 'retractUser') {
    return { kind: 'retraction', message: namedBy(group, command), author: command.id };
  }
  const named = namedBy(group, command);
  if (named !== undefined) return { kind: 'message', message: named };
  const id = imageNamed(group, command);
  return id ? { kind: 'image', id } : undefined;
}

function lookupForPost(group: Group, command: Post): Lookup | undefined {
  const author = memberByJid(group, bareOf(command.from));
  if (author === undefined) return undefined;
  const name = command.corrects ?? command.refersTo;
  const named = name && { ...name, by: author.id };
  if (command.originId === undefined) return named && { kind: 'message', message: named };
  return { kind: 'repeated', author: author.id, originId: command.originId, message: named };
}

/** The message that a command of a member names. */
function namedBy(group: Group, command: GroupCommand): NamedMessage | undefined {
  switch (command.kind) {
    case 'retractMessage':
    case 'replace':
    case 'displayed': {
      const by = activeMember(group, bareOf(command.from))?.id;
      return by === undefined ? undefined : { ...command.message, by };
    }
    case 'pin':
      return command.stanzaId === 0 ? undefined : { stanzaId: command.stanzaId };
    case 'retractUser':
      return group.pinned === 0 ? undefined : { stanzaId: group.pinned };
    default:
      return undefined;
  }
}

/** The image that a command needs. */
function imageNamed(group: Group, command: GroupCommand): string | undefined {
  switch (command.kind) {
    case 'readAvatar':
      return imageFor(group, command);
    case 'publishImage':
      return command.id;
    case 'publishAvatar':
      return command.info?.id;
    case 'profile':
      return typeof command.avatar === 'object' ? command.avatar.id : undefined;
    case 'vcard':
      return photoFor(group);
    default:
      return undefined;
  }
}
