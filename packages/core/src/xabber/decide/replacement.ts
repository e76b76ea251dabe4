import type { Post } from '../command.js';
import type { Decision } from '../decision.js';
import type { Environment } from '../environment.js';
import type { ArchivedMessage } from '../model/events.js';
import { type Group, type Member, nextRewriteVersion } from '../model/group.js';
import { rewrittenMessage } from '../present/authored-message.js';
import { replacedNotification } from '../present/rewritten.js';

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
      { kind: 'rewritten', notification, to: 'readers' },
      { kind: 'correction', message },
    ],
  };
}
