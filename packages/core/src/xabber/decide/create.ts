import type { BareJid } from '../../jid/index.js';
import { bareOf, localpartOf } from '../../jid/index.js';
import { refusal } from '../../stanza/error.js';
import type { Create } from '../command.js';
import { type Decision, refuseWith } from '../decision.js';
import { create } from '../elements/create.js';
import type { Environment } from '../environment.js';
import type { GroupEvent } from '../model/events.js';
import type { Group, Properties } from '../model/group.js';
import { PERMISSIONS, type Rights } from '../model/rights.js';
import { nameOf } from '../present/card.js';
import { createdMessage } from '../present/system-message.js';
import { WORDING } from '../present/wording.js';
import { randomNickname } from './nicknames.js';

/**
 * A new group at `jid` (reference 2). The creator is its owner, with all permissions, and a member at once; the
 * hand-shake that follows only brings the group into his roster (2.4).
 * @param existing the group that has this JID already
 */
export function decideCreate(
  existing: Group | undefined,
  jid: BareJid,
  command: Create,
  env: Environment,
): Decision {
  if (!env.host.mayCreate(command.from)) {
    return refuseWith(refusal('not-allowed', 'You are not allowed to create groups here'));
  }
  if (existing !== undefined) return refuseWith(refusal('conflict', `${jid} exists already`));
  const { options } = command;
  const properties: Properties = {
    name: options.name?.trim() || (localpartOf(jid) ?? jid),
    description: options.description ?? '',
    privacy: options.privacy ?? 'public',
    membership: options.membership ?? 'open',
    index: options.index ?? 'local',
    contacts: [...new Set(options.contacts?.jids ?? [])].sort(),
    domains: [...new Set(options.domains?.jids ?? [])].sort(),
  };
  const owner = bareOf(command.from);
  const member = env.newMemberId();
  const version = Math.floor(env.now / 1000);
  const nickname = properties.privacy === 'incognito' ? randomNickname(env) : undefined;
  const creator = { id: member, jid: owner, nickname, badge: '', avatar: undefined, rights: OWNER };
  const text = WORDING.created(nameOf(properties.privacy, creator), properties.privacy);
  const message = createdMessage(jid, properties, creator, text, env);
  const events: GroupEvent[] = [
    { kind: 'groupCreated', properties },
    { kind: 'joinRequested', member, jid: owner, nickname, version },
    ...PERMISSIONS.map((right): GroupEvent => ({ kind: 'rightGranted', member, right, until: 0, version })),
    { kind: 'memberJoined', member, version },
    { kind: 'messagePosted', message },
  ];
  return {
    events,
    notices: [
      { kind: 'result', payload: [resultOf(jid, properties)] },
      { kind: 'presence', to: [owner], type: 'subscribed' },
      { kind: 'presence', to: [owner], type: 'subscribe' },
      ...(properties.privacy === 'public'
        ? [{ kind: 'question', about: owner, topic: 'vcard' } as const]
        : []),
    ],
  };
}

const OWNER: Rights = new Map([['owner', 0]]);

/** Clients build the group's JID from `localpart` and the host that answers (trap T19). */
export const resultOf = (jid: BareJid, properties: Properties) =>
  create.build({
    localpart: localpartOf(jid),
    name: properties.name,
    description: properties.description,
    privacy: properties.privacy,
    membership: properties.membership,
    index: properties.index,
    domains: { jids: properties.domains },
    contacts: { jids: properties.contacts },
  });
