import { createHash } from 'node:crypto';
import type { BareJid } from '../../jid/index.js';
import type { FoundService } from '../../multicast/index.js';
import { bare } from '../../testing/jids.js';
import { elementIn } from '../../testing/table.js';
import { elementsOf, type XmlElement } from '../../xml/element.js';
import type { GroupKey } from '../command/command.js';
import {
  DEFAULT_POLICY,
  type Environment,
  type Incoming,
  type Policy,
  type Verdict,
} from '../evaluate/incoming.js';
import { emptyGroup, type GroupState } from '../model/group.js';
import { emptyWorld, type World, withGroup } from '../model/world.js';
import type { Means } from '../plan/action.js';

export const OLGA = bare('olga@example.net');
export const ANN = bare('ann@example.net');
export const BEN = bare('ben@example.net');
export const CLEO = bare('cleo@example.net');
export const DAN = bare('dan@example.net');
export const MALLORY = bare('mallory@example.net');
export const G1: GroupKey = { owner: OLGA, id: 'g1' };

export const NINE = Date.parse('2026-11-21T09:00:00Z');
export const TEN = Date.parse('2026-11-21T10:00:00Z');

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64');

/** An environment at `now`; groups are joined unless the policy says otherwise. */
export const environment = (policy: Partial<Policy> = {}, now = TEN): Environment => ({
  now,
  sha256,
  policy: { ...DEFAULT_POLICY, autoJoin: () => true, ...policy },
});

/** The default group of the vectors, as Ann knows it: Olga, Ann, Ben and Cleo since nine. */
export function group(changes: Partial<GroupState> = {}): GroupState {
  const known = { listed: true, why: 'create', at: NINE, since: NINE, partedAt: undefined } as const;
  return {
    ...emptyGroup(G1, ANN),
    mySince: NINE,
    members: new Map([
      [BEN, known],
      [CLEO, known],
    ]),
    subject: 'Sailing',
    lastOwner: NINE,
    complete: true,
    secure: true,
    ...changes,
  };
}

export const worldWith = (...groups: readonly GroupState[]): World =>
  groups.reduce(withGroup, emptyWorld(groups[0]?.me ?? ANN));

/** The key by which somebody signs, when nothing else is said. */
export const keyOf = (jid: string): string => `key of ${jid}`;

/** What decrypting an honest message brought: the children of `source` as its payload. */
export const verified = (
  payload: readonly XmlElement[],
  sender: BareJid,
  signedTime = TEN,
  changes: Partial<Extract<Verdict, { kind: 'verified' }>> = {},
): Verdict => ({
  kind: 'verified',
  payload,
  signedTime,
  payloadHash: sha256(JSON.stringify([payload, sender, signedTime])),
  signer: keyOf(sender),
  ...changes,
});

let count = 0;

/** What can be said of a stanza in a test. */
export interface Spoken {
  readonly from?: BareJid;
  readonly id?: string;
  readonly at?: number;
  /** Children of the message, as text. */
  readonly inside?: string;
  readonly outside?: string;
  readonly clear?: boolean;
  readonly verdict?: Verdict;
  readonly now?: number;
}

const NAMESPACE = "xmlns='http://kontalk.org/extensions/message#group'";

/** A `<group/>` of {@link G1} as text. */
export const groupXml = (type: string | undefined, children = '', id = 'g1', owner: string = OLGA): string =>
  `<group ${NAMESPACE} id='${id}' owner='${owner}'${type === undefined ? '' : ` type='${type}'`}>${children}</group>`;

/** A stanza with its verdict, as {@link Spoken} describes it: signed and encrypted unless it says otherwise. */
export function spoken({
  from = OLGA,
  id = `s${++count}`,
  at = TEN,
  inside = groupXml(undefined),
  outside = '',
  clear = false,
  verdict,
  now = at,
}: Spoken): Incoming {
  const children = clear ? inside + outside : outside;
  const stanza = elementIn(
    `<message xmlns='jabber:client' type='chat' id='${id}' from='${from}/x' to='ann@example.net'>${children}</message>`,
  );
  const payload = elementsOf(elementIn(`<message xmlns='jabber:client'>${inside}</message>`));
  const read: Verdict = verdict ?? (clear ? { kind: 'cleartext' } : verified(payload, from, at));
  return { stanza, verdict: read, receivedAt: now };
}

/** The multicast service of everybody's server. */
export const SERVICE: FoundService = {
  jid: bare('multicast.example.net'),
  limit: 100,
  blind: false,
  announced: true,
};

/** Means of sending, with ids that count up. */
export function means(changes: Partial<Means> = {}): Means {
  return {
    now: TEN,
    newId: () => `m${++count}`,
    sha256,
    encryption: 'openpgp',
    service: SERVICE,
    hidden: false,
    ownDevices: false,
    keysMissing: [],
    leaveOut: [],
    ...changes,
  };
}
