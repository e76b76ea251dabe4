import type { BareJid } from '@xmpp-groups/core/jid';
import { type Fingerprint, type KeysOfPerson, type KnownKey, offerKey } from '@xmpp-groups/core/kontalk';
import { GroupsError, unreadable } from '../../errors.js';
import { type Context, type KeyNews, knownKeys, personOf } from './context.js';
import type { PublicKey } from './key-library.js';

/** Of so many people keys are kept that came without being asked for. */
const MOST_UNASKED = 1000;

/** Whether something that was not asked for may be taken of somebody: the memory is bounded, and nobody is forgotten. */
export const hasRoomFor = ({ people }: Context, jid: BareJid): boolean =>
  people.has(jid) || people.size < MOST_UNASKED;

/**
 * Takes a keyring that is offered as somebody's. Keys in it that do not name him are passed over.
 * @param expected the only key that it may hold, if that was said beside it
 */
export async function takeKeyring(
  context: Context,
  jid: BareJid,
  keyring: Uint8Array,
  expected?: Fingerprint,
): Promise<void> {
  const read = await context.library.read(keyring);
  if (!read.ok) {
    context.events.emit('fault', unreadable({ what: 'read keys', to: jid }, read.error));
    return;
  }
  for (const key of read.value) {
    if (expected === undefined || key.fingerprint === expected) await takeKey(context, jid, key);
  }
}

async function takeKey(context: Context, jid: BareJid, key: PublicKey): Promise<void> {
  const { library, me, wire } = context;
  if (key.fingerprint === library.own.fingerprint) return;
  const now = wire.platform.now();
  const offered = offerKey(knownKeys(context, jid), key, jid, now);
  if (!offered.ok) {
    const attempt = { what: 'take a key', to: jid };
    context.events.emit('fault', new GroupsError(attempt, 'unreadable', offered.error.reason));
    return;
  }
  const held = await library.hold(key);
  // Others may have been taken meanwhile.
  const result = offerKey(knownKeys(context, jid), held, jid, now);
  if (!result.ok) return;
  const keys = jid === me ? result.value.keys.filter(isAnother(library.own.fingerprint)) : result.value.keys;
  const person = personOf(context, jid);
  await keep(context, jid, {
    ...person,
    keys,
    material: new Map(person.material).set(held.fingerprint, held.bytes),
  });
  if (result.value.news !== 'none') tell(context, jid, result.value.news);
}

const isAnother =
  (fingerprint: Fingerprint) =>
  (key: KnownKey): boolean =>
    key.fingerprint !== fingerprint;

/** Keeps what is known of somebody; resolves when it is saved. When it cannot be, all is as before. */
export async function keep(context: Context, jid: BareJid, person: KeysOfPerson): Promise<void> {
  const { people, library, stored } = context;
  const known = new Set(person.keys.map(({ fingerprint }) => fingerprint));
  const material = new Map([...person.material].filter(([fingerprint]) => known.has(fingerprint)));
  const kept = { ...person, material };
  const before = people.get(jid);
  people.set(jid, kept);
  try {
    await stored.save(jid, kept);
  } catch (error) {
    if (before === undefined) people.delete(jid);
    else if (people.get(jid) === kept) people.set(jid, before);
    throw error;
  }
  for (const fingerprint of before?.material.keys() ?? []) {
    const used = [...people.values()].some((other) => other.material.has(fingerprint));
    if (!used) library.drop(fingerprint);
  }
}

export const tell = ({ events }: Context, jid: BareJid, news: KeyNews): void =>
  events.emit('change', { jid, news });
