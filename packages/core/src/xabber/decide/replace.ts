import { refusal } from '../../stanza/error.js';
import type { Post, Replace } from '../command.js';
import { type Decision, refuseWith } from '../decision.js';
import type { Environment } from '../environment.js';
import type { ArchivedMessage } from '../model/events.js';
import { type Group, type Member, nextRewriteVersion } from '../model/group.js';
import { rewrittenMessage } from '../present/authored-message.js';
import { replacedNotification } from '../present/rewritten.js';
import { memberBehind } from './authority.js';
import { refusalToWrite } from './post.js';

/**
 * A message gets a new text (reference 12.5): by its author alone, and only while he may write.
 * @param original the message that is named, if there is one
 */
export function decideReplace(
  group: Group,
  command: Replace,
  original: ArchivedMessage | undefined,
  env: Environment,
): Decision {
  const author = memberBehind(group, command.from);
  if (!author.ok) return refuseWith(author.error);
  const refused = refusalToWrite(group, command.from, env);
  if (refused !== undefined) return refused;
  if (original === undefined) {
    return refuseWith(refusal('item-not-found', 'There is no such message in the archive'));
  }
  if (original.author !== author.value.id) {
    return refuseWith(refusal('not-allowed', 'Only its author can replace a message'));
  }
  const { events, notices } = replacement(group, author.value, original, command, env);
  return { events, notices: [...notices, { kind: 'result', payload: [] }] };
}

/** `original` is replaced by what its author wrote now; all members are told, each in the way that he knows. */
export function replacement(
  group: Group,
  author: Member,
  original: ArchivedMessage,
  written: Pick<Post, 'bodies' | 'payload'>,
  env: Environment,
): Decision {
  const version = nextRewriteVersion(group);
  const message = rewrittenMessage(group, author, original, written, env);
  const notification = replacedNotification(group, message, version);
  return {
    events: [{ kind: 'messageReplaced', message, version, notification }],
    notices: [
      { kind: 'rewritten', notification },
      { kind: 'correction', message },
    ],
  };
}
