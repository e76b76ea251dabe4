import type { BareJid } from '../../jid/index.js';
import type { Erase, ErasureStep } from '../command.js';
import { type Decision, NOTHING, type Notice, say } from '../decision.js';
import type { Environment, Found } from '../environment.js';
import type { ArchivedMessage, GroupEvent } from '../model/events.js';
import { type Group, type Member, memberByJid, nextVersion, type StanzaId } from '../model/group.js';
import { type Erased, messageWithout, notificationWithout, type Traces } from '../present/without-account.js';
import { dissolution } from './delete.js';
import { decideLeft } from './leave.js';

/** So many messages, or notifications, are looked at in one step. */
const STEP = 500;

/** What has to be looked up for a step. */
export type TracesLookup = {
  readonly kind: 'traces';
  readonly of: Erased;
  readonly before: StanzaId;
  readonly max: number;
};

const erasedIn = (group: Group, jid: BareJid): Erased => ({ jid, member: memberByJid(group, jid)?.id });

/** What a step needs of the Store. */
export function tracesFor(
  group: Group,
  { jid, step }: Erase,
): TracesLookup | { readonly kind: 'rewrites'; readonly since: number; readonly max: number } | undefined {
  switch (step?.part) {
    case 'names':
    case 'archive':
      return { kind: 'traces', of: erasedIn(group, jid), before: step.before, max: STEP };
    case 'rewrites':
      return { kind: 'rewrites', since: step.since, max: STEP };
    default:
      return undefined;
  }
}

/**
 * An account was erased: whoever had it leaves as if he had said so, and what tells who he was goes. What he wrote
 * stays, from somebody without a name. Step by step, and each may be done again: a daemon that ends in
 * between begins anew, and finds him as long as not all is done (docs/decisions/0044).
 */
export function decideErase(group: Group, command: Erase, found: Found, env: Environment): Decision {
  const { jid, step } = command;
  switch (step?.part) {
    case undefined:
      return begun(group, jid, env);
    case 'names':
      return named(group, jid, step, found);
    case 'archive':
      return cleaned(group, jid, step, found);
    case 'rewrites':
      return told(group, jid, found);
    case 'rest':
      return ended(group, jid, env);
  }
}

/** The next step, for whoever is told of the end of the last one. */
const next = (group: Group, jid: BareJid, step: ErasureStep): Notice => ({
  kind: 'pass',
  to: group.jid,
  command: { kind: 'erase', jid, step },
  answers: true,
});

const NEWEST: StanzaId = Number.MAX_SAFE_INTEGER;

function begun(group: Group, jid: BareJid, env: Environment): Decision {
  const member = memberByJid(group, jid);
  // Its name is made of theirs, and the other one has nobody to talk to.
  if (group.parent !== undefined && member !== undefined) return dissolution(group);
  const { events, notices } = decideLeft(group, jid, env);
  if (events.some(({ kind }) => kind === 'groupDeleted')) return { events, notices };
  const names = member?.nickname === undefined ? [] : [member.nickname];
  return { events, notices: [...notices, next(group, jid, { part: 'names', before: NEWEST, names })] };
}

type InArchive = Extract<ErasureStep, { part: 'names' | 'archive' }>;

const noTraces = (names: readonly string[]): Traces => ({ names: new Set(names), avatars: new Set() });

/**
 * A message that tells of a new nickname shows the old one in its words alone: all names have to be known before
 * the first of them is taken out.
 */
function named(group: Group, jid: BareJid, { names }: InArchive, { traces: page }: Found): Decision {
  const traces = noTraces(names);
  for (const message of page?.messages ?? []) messageWithout(message, erasedIn(group, jid), [], traces);
  const known = [...traces.names];
  return say(
    next(
      group,
      jid,
      page?.before === undefined
        ? { part: 'archive', before: NEWEST, names: known }
        : { part: 'names', before: page.before, names: known },
    ),
  );
}

function cleaned(group: Group, jid: BareJid, { names }: InArchive, { traces: page }: Found): Decision {
  const traces = noTraces([]);
  const messages: ArchivedMessage[] = [];
  for (const message of page?.messages ?? []) {
    const without = messageWithout(message, erasedIn(group, jid), names, traces);
    if (without !== message) messages.push(without);
  }
  return {
    events: [
      ...(messages.length === 0 ? [] : [{ kind: 'messagesCleaned', messages } as const]),
      ...forgotten(group, memberByJid(group, jid), traces.avatars),
    ],
    notices: [
      next(
        group,
        jid,
        page?.before === undefined
          ? { part: 'rewrites', since: 0 }
          : { part: 'archive', before: page.before, names },
      ),
    ],
  };
}

/** The images that nobody else has. */
function forgotten(group: Group, member: Member | undefined, avatars: Iterable<string>): GroupEvent[] {
  const others = new Set<string | undefined>([group.avatar?.id]);
  for (const { id, avatar } of group.members.values()) if (id !== member?.id) others.add(avatar?.id);
  return [...avatars]
    .filter((id) => !others.has(id))
    .map((id): GroupEvent => ({ kind: 'avatarForgotten', id }));
}

function told(group: Group, jid: BareJid, { rewrites = [] }: Found): Decision {
  const of = erasedIn(group, jid);
  const changed = rewrites
    .map(({ version, notification }) => ({
      version,
      notification,
      now: notificationWithout(notification, of),
    }))
    .filter(({ notification, now }) => notification !== now)
    .map(({ version, now }) => ({ version, notification: now }));
  const last = rewrites.length < STEP ? undefined : rewrites.at(-1);
  return {
    events: changed.length === 0 ? [] : [{ kind: 'rewritesCleaned', rewrites: changed }],
    notices: [
      next(group, jid, last === undefined ? { part: 'rest' } : { part: 'rewrites', since: last.version }),
    ],
  };
}

function ended(group: Group, jid: BareJid, env: Environment): Decision {
  const member = memberByJid(group, jid);
  const { contacts } = group.properties;
  if (member === undefined && !group.blocks.has(jid) && !contacts.includes(jid)) return NOTHING;
  const chats = [...group.privateChats].filter(
    ([pair]) => member !== undefined && pair.split(' ').includes(member.id),
  );
  return {
    events: [
      ...forgotten(group, member, member?.avatar === undefined ? [] : [member.avatar.id]),
      { kind: 'accountErased', jid, member: member?.id, version: nextVersion(group, env.now) },
    ],
    notices: chats.map(([, to]) => ({ kind: 'pass', to, command: { kind: 'dissolve' }, answers: false })),
  };
}
