import type { BareJid } from '@xmpp-groups/core/jid';
import {
  type Action,
  chooseKeys,
  clearStanza,
  formFor,
  type GroupKey,
  keyText,
  type Means,
  type Outgoing,
  type PlanError,
  planSend,
  retry,
  type SealFault,
  sealOutgoing,
  type World,
} from '@xmpp-groups/core/kontalk';
import type { XmlElement } from '@xmpp-groups/core/xml';
import { type Attempt, GroupsError } from '../errors.js';
import { type Context, environmentOf, inBackground } from './context.js';
import { type Kept, withEntry } from './kept.js';
import type { Keyring } from './keyring.js';
import type { Post } from './post.js';
import { sha256 } from './sha256.js';
import { show } from './show.js';

/** Something that was said. It is kept, and goes out even after a restart. */
export interface Said {
  readonly id: string;
  readonly group: GroupKey;
  /** Whom it is for, oneself left out. */
  readonly recipients: readonly BareJid[];
}

/** Says something to a group: plans it, keeps it, and has it sent. */
export interface Speaker {
  /** Rejects with a `GroupsError` when it may not or cannot be said: then nothing has changed. */
  say(action: Action, what: string, leaveOut?: readonly BareJid[]): Promise<Said>;
}

/** What the other devices of the account need not hear: it changes nothing, or was said before. */
const PASSING: readonly Action['op'][] = [
  'chat-state',
  'part-again',
  'remove-again',
  'snapshot',
  'sync-request',
];

/** How many messages may wait for the connection. */
const MOST_WAITING = 1000;

export function createSpeaker(context: Context, post: Post): Speaker {
  const { account, keyring, me } = context;
  /** The last thing that is being said to each group: what is said first goes out first. */
  const lanes = new Map<string, Promise<unknown>>();

  const plan = (world: World, action: Action, attempt: Attempt, leaveOut: readonly BareJid[]) => {
    const planned = planSend(world, action, meansOf(context, action, leaveOut));
    if (planned.ok) return planned.value;
    throw refusal(attempt, planned.error);
  };

  const now = async (action: Action, attempt: Attempt, leaveOut: readonly BareJid[]): Promise<Said> => {
    await account.loaded;
    if (keyring !== undefined) {
      await fetchKeys(keyring, plan(account.kept().world, action, attempt, leaveOut).outgoing.recipients);
    }
    return account.work(async (kept) => {
      if (waitingIn(kept) >= MOST_WAITING) {
        throw new GroupsError(attempt, 'resource-constraint', 'too many messages wait for the connection');
      }
      const { world, outgoing } = plan(kept.world, action, attempt, leaveOut);
      const stanza = await stanzaOf(context, outgoing, attempt);
      const later = retry(world, action.group, environmentOf(context));
      const { id, group, command, recipients } = outgoing;
      const reached = new Map(recipients.map((jid) => [jid, 'sent' as const]));
      const entry = { id, group, command, stanza, reached, taken: false };
      return {
        kept: withEntry({ ...kept, world: later.world }, entry),
        result: { id, group, recipients: recipients.filter((jid) => jid !== me) },
        afterwards: () => {
          for (const event of later.events) show(context.events, event);
          for (const errand of later.errands) inBackground(context, errand.group, say(errand, errand.op));
          post.wake();
        },
      };
    });
  };

  const say: Speaker['say'] = (action, what, leaveOut = []) => {
    const lane = keyText(action.group);
    const attempt = { what };
    const before = lanes.get(lane) ?? Promise.resolve();
    const done = before.catch(() => undefined).then(() => now(action, attempt, leaveOut));
    lanes.set(lane, done);
    const end = (): void => {
      if (lanes.get(lane) === done) lanes.delete(lane);
    };
    done.then(end, end);
    return done;
  };

  return { say };
}

const waitingIn = ({ entries }: Kept): number => entries.filter(({ taken }) => !taken).length;

export function meansOf(
  { wire, keyring, choices, me }: Context,
  action: Action,
  leaveOut: readonly BareJid[],
) {
  const isPassing = PASSING.includes(action.op);
  const ownKey = keyring === undefined || chooseKeys([me], keyring.keysOf, 'kontalk').ok;
  return {
    now: wire.platform.now(),
    newId: wire.platform.newId,
    sha256,
    encryption: keyring === undefined ? 'none' : 'openpgp',
    // The way is found when it is sent, which may be after the next login.
    service: undefined,
    hidden: false,
    ownDevices: choices.ownDevices && ownKey && !isPassing,
    // Who has no key is found, and named, when it is encrypted.
    keysMissing: [],
    leaveOut,
  } satisfies Means;
}

/**
 * Asks for the keys of those of whom none is known, as soon as the connection is there. When that takes too long, or
 * fails, who has no key is named later.
 */
export async function fetchKeys(keyring: Keyring, jids: readonly BareJid[]): Promise<void> {
  const missing = jids.filter((jid) => !chooseKeys([jid], keyring.keysOf, 'kontalk').ok);
  await Promise.allSettled(missing.map((jid) => keyring.fetch(jid)));
}

/** The stanza of a message, encrypted where there are keys to encrypt with. */
export async function stanzaOf(context: Context, outgoing: Outgoing, attempt: Attempt): Promise<XmlElement> {
  if (!outgoing.sealed) return clearStanza(outgoing);
  const { keyring, wire } = context;
  if (keyring === undefined) throw new GroupsError(attempt, 'no-signer', undefined);
  const { keysOf, signer, openPgp } = keyring;
  const form = formFor(outgoing.recipients, keysOf, (jid) => keyring.announces(jid));
  const padding = wire.platform.newId().repeat(4).slice(0, wire.platform.random(100));
  const sealed = await sealOutgoing(outgoing, { form, keysOf, signer, padding }, openPgp);
  if (sealed.ok) return sealed.value;
  throw unsealed(attempt, sealed.error, keyring, outgoing.recipients);
}

export function refusal(attempt: Attempt, error: PlanError): GroupsError {
  const jids = error.reason === 'missing-key' ? error.jids : [];
  return new GroupsError(attempt, error.reason, undefined, { jids });
}

type Unsealed = SealFault | { readonly kind: 'missing-key'; readonly jids: readonly BareJid[] };

export function unsealed(
  attempt: Attempt,
  error: Unsealed,
  { keysOf }: Keyring,
  recipients: readonly BareJid[],
): GroupsError {
  if (error.kind === 'missing-key') {
    const names = error.jids.join(', ');
    return new GroupsError(attempt, error.kind, `no key of ${names}`, { jids: error.jids });
  }
  if (error.kind !== 'unusable-key') return new GroupsError(attempt, error.kind, undefined);
  const owners = recipients.filter((jid) =>
    keysOf(jid).some(({ fingerprint }) => error.keys.includes(fingerprint)),
  );
  return new GroupsError(attempt, error.kind, error.keys.join(', '), { jids: owners });
}
