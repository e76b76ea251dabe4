import type { Declaration } from '@xmpp-groups/core/codec';
import type { BareJid } from '@xmpp-groups/core/jid';
import {
  askForKontalkKey,
  askForPublicKey,
  askForPublicKeys,
  type Fingerprint,
  keysToFetch,
  kontalkKey,
} from '@xmpp-groups/core/kontalk';
import { type AnnouncedKey, pubsub } from '@xmpp-groups/core/xep';
import type { XmlElement } from '@xmpp-groups/core/xml';
import { type Attempt, type FaultCondition, GroupsError } from '../../errors.js';
import { type Context, knownKeys, personOf } from './context.js';
import { keep, takeKeyring } from './take-keys.js';

/** More keys of a list are not fetched; the newest count. */
const MOST_LISTED = 20;

/** What says nothing about who was asked. */
const UNANSWERED: ReadonlySet<FaultCondition> = new Set(['timeout', 'offline', 'closed']);

/** The answer; `undefined` when it is a refusal, or cannot be read, which is told as a fault. */
async function answerTo<T>(
  context: Context,
  attempt: Attempt,
  question: XmlElement,
  answer: Declaration<T>,
): Promise<T | undefined> {
  try {
    return await context.wire.ask(attempt, question, answer);
  } catch (error) {
    if (!(error instanceof GroupsError) || UNANSWERED.has(error.condition)) throw error;
    if (error.condition === 'unreadable') context.events.emit('fault', error);
    return undefined;
  }
}

/** The list of somebody's keys on his PEP node; `undefined` when there is none. */
export async function askForList(
  context: Context,
  jid: BareJid,
): Promise<readonly AnnouncedKey[] | undefined> {
  const attempt = { what: 'ask for a list of keys', to: jid };
  const answer = await answerTo(context, attempt, askForPublicKeys(), pubsub);
  return answer?.items?.items[0]?.publicKeys?.keys;
}

/** Takes what somebody's list names and is not known yet, or has become newer since. */
export async function takeList(context: Context, jid: BareJid, list: readonly AnnouncedKey[]): Promise<void> {
  const listed = [...list].sort((one, other) => other.date - one.date).slice(0, MOST_LISTED);
  const before = new Map(
    personOf(context, jid).announced.map(({ fingerprint, date }) => [fingerprint, date]),
  );
  const newer = new Set(
    listed
      .filter(({ fingerprint, date }) => date > (before.get(fingerprint) ?? 0))
      .map((key) => key.fingerprint),
  );
  const current = knownKeys(context, jid).filter(({ fingerprint }) => !newer.has(fingerprint));
  const taken: AnnouncedKey[] = listed.filter(({ fingerprint }) => !newer.has(fingerprint));
  for (const fingerprint of keysToFetch(listed, current)) {
    if (!(await takeListed(context, jid, fingerprint))) continue;
    taken.push(...listed.filter((key) => key.fingerprint === fingerprint));
  }
  const person = personOf(context, jid);
  if (person.keys.length > 0 || taken.length > 0) await keep(context, jid, { ...person, announced: taken });
}

async function takeListed(context: Context, jid: BareJid, fingerprint: Fingerprint): Promise<boolean> {
  if (fingerprint === context.library.own.fingerprint) return true;
  const attempt = { what: 'ask for a key', to: jid };
  const answer = await answerTo(context, attempt, askForPublicKey(fingerprint), pubsub);
  const key = answer?.items?.items[0]?.publicKey?.key;
  if (key === undefined) return false;
  await takeKeyring(context, jid, key, fingerprint);
  return true;
}

/** The key that Kontalk's server gives for somebody (reference 5). */
export async function fetchKontalkKey(context: Context, jid: BareJid): Promise<void> {
  const attempt = { what: 'ask for a key of Kontalk', to: jid };
  const answer = await answerTo(context, attempt, askForKontalkKey(), kontalkKey);
  if (answer !== undefined && answer.answer.length > 0) await takeKeyring(context, jid, answer.answer);
}

/** Asks for somebody's keys by both ways, and takes what comes. Rejects when one of them had no answer at all. */
export async function fetchKeys(context: Context, jid: BareJid): Promise<void> {
  const byList = async (): Promise<void> => takeList(context, jid, (await askForList(context, jid)) ?? []);
  const ways = await Promise.allSettled([byList(), fetchKontalkKey(context, jid)]);
  for (const way of ways) {
    if (way.status === 'rejected') throw way.reason;
  }
}
