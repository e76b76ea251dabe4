import { refusal } from '../../stanza/error.js';
import type { Replace } from '../command.js';
import { type Decision, refuseWith } from '../decision.js';
import type { Environment } from '../environment.js';
import type { ArchivedMessage } from '../model/events.js';
import type { Group } from '../model/group.js';
import { memberBehind } from './authority.js';
import { refusalAsTooSoon } from './pace.js';
import { refusalToWrite } from './post.js';
import { replacement } from './replacement.js';

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
  const refused = refusalToWrite(group, author.value, command, env);
  if (refused !== undefined) return refused;
  if (original === undefined) {
    return refuseWith(refusal('item-not-found', 'There is no such message in the archive'));
  }
  if (original.author !== author.value.id) {
    return refuseWith(refusal('not-allowed', 'Only its author can replace a message'));
  }
  const tooSoon = refusalAsTooSoon(group, author.value, command, env);
  if (tooSoon !== undefined) return tooSoon;
  const { events, notices } = replacement(group, author.value, original, command, env);
  return { events, notices: [...notices, { kind: 'result', payload: [] }] };
}
