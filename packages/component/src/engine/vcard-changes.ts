import { type BareJid, domainOf } from '@xmpp-groups/core/jid';
import type { Profile, ProfileQuestion } from '@xmpp-groups/core/xabber';
import { LRUCache } from 'lru-cache';
import type { AccountGroups } from './account-groups.js';
import { inTurns } from './in-turns.js';

/** Lets the groups of a user know that his vCard has changed. */
export interface VCardChanges {
  /** @param finished called once, when his groups have heard of it, or of a later change */
  heard(user: BareJid, finished: () => void): void;
  /** What a user's server says of him: asked once for all groups that hear of the same change. */
  ask(question: ProfileQuestion, ask: () => Promise<Profile | undefined>): Promise<Profile | undefined>;
  stop(): void;
}

/** After one look at a vCard the next one waits so long, in milliseconds: some clients write it at each login. */
const REST = 30_000;
const AT_ONCE = 16;
/** How many vCards are remembered for the groups that have not asked yet. */
const REMEMBERED = 100;

export function createVCardChanges({ store, domain, log, put }: AccountGroups): VCardChanges {
  const answers = new LRUCache<BareJid, Promise<Profile | undefined>>({ max: REMEMBERED, ttl: REST });
  /** Whose vCard was looked at a short while ago, and who waits for the next look. */
  const resting = new Map<BareJid, { timer: NodeJS.Timeout | undefined; waiting: (() => void)[] }>();
  let stopped = false;

  const tell = (group: BareJid, from: BareJid): Promise<void> =>
    new Promise((resolve) => put(group, { command: { kind: 'vcardChanged', from }, finished: resolve }));

  /** @returns whether any group knows him */
  const look = async (user: BareJid): Promise<boolean> => {
    answers.delete(user);
    try {
      const groups = await store.groupsOf(user);
      const own = groups.filter((group) => domainOf(group) === domain);
      await inTurns(own, AT_ONCE, (group) => tell(group, user));
      return own.length > 0;
    } catch (error) {
      log.error({ err: error }, 'the groups of a user whose vCard has changed could not be read');
      return false;
    }
  };

  const begin = (user: BareJid, finished: readonly (() => void)[]): void => {
    const rest = { timer: setTimeout(() => end(user), REST), waiting: [] };
    // The daemon does not live on for it.
    rest.timer.unref();
    resting.set(user, rest);
    void look(user).then((isKnown) => {
      for (const each of finished) each();
      // Who is in no group yet may join one at any time, and nobody has asked for his vCard.
      if (isKnown) return;
      clearTimeout(rest.timer);
      end(user);
    });
  };

  const end = (user: BareJid): void => {
    const waiting = resting.get(user)?.waiting ?? [];
    resting.delete(user);
    if (waiting.length > 0 && !stopped) begin(user, waiting);
  };

  return {
    heard: (user, finished) => {
      const rest = resting.get(user);
      if (rest === undefined) begin(user, [finished]);
      else rest.waiting.push(finished);
    },
    ask: (question, ask) => {
      if (question.topic !== 'changed') return ask();
      const known = answers.get(question.about);
      if (known !== undefined) return known;
      const asked = ask();
      answers.set(question.about, asked);
      return asked;
    },
    stop: () => {
      stopped = true;
      for (const { timer } of resting.values()) clearTimeout(timer);
    },
  };
}
