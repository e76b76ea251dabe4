import type { Jid } from '../../jid/index.js';
import { refusal } from '../../stanza/error.js';
import { answer, type Decision, refuseWith } from '../decision.js';
import type { Environment, Found } from '../environment.js';
import type { Group, StanzaId } from '../model/group.js';
import { nameOf } from '../present/card.js';
import { settingsMessage } from '../present/settings-message.js';
import { WORDING } from '../present/wording.js';
import { authorised } from './authority.js';

/**
 * A message is pinned, or with `0` none any more (reference 11.4). Unlike in the reference server it takes the
 * right to, and the message must be in the archive. Unpinning is not said aloud.
 */
export function decidePin(
  group: Group,
  command: { readonly from: Jid; readonly stanzaId: StanzaId },
  found: Found,
  env: Environment,
): Decision {
  const actor = authorised(group, command.from, 'change-group', env.now);
  if (!actor.ok) return refuseWith(actor.error);
  const { stanzaId } = command;
  if (stanzaId === group.pinned) return answer();
  if (stanzaId === 0) {
    return {
      events: [{ kind: 'messagePinned', stanzaId }],
      notices: [
        { kind: 'result', payload: [] },
        { kind: 'presence', to: 'members' },
      ],
    };
  }
  if (found.message === undefined) {
    return refuseWith(refusal('item-not-found', 'There is no such message in the archive of this group'));
  }
  const words = WORDING.messagePinned(nameOf(group.properties.privacy, actor.value));
  const message = settingsMessage({ ...group, pinned: stanzaId }, actor.value, words, env);
  return {
    events: [
      { kind: 'messagePinned', stanzaId },
      { kind: 'messagePosted', message },
    ],
    notices: [
      { kind: 'result', payload: [] },
      { kind: 'presence', to: 'members' },
      { kind: 'system', message },
    ],
  };
}
