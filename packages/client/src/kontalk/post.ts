import type { BareJid } from '@xmpp-groups/core/jid';
import { type GroupKey, keyText, sameKey } from '@xmpp-groups/core/kontalk';
import { piecesOn, type Route, routeTo } from '@xmpp-groups/core/multicast';
import { GroupsError } from '../errors.js';
import { createBarrier } from './barrier.js';
import { type Context, inBackground, isOnline } from './context.js';
import { changeEntry, type Entry } from './kept.js';
import type { ServiceSearch } from './service.js';

/** Sends what was said: in order for each group, and again until the server has it. */
export interface Post {
  /** There is something to send, or the connection is there again. */
  wake(): void;
  /** What was under way is lost: a new session has begun. */
  startOver(): void;
  /** The way that a message took last; `undefined` when it was not sent since the start. */
  routeOf(id: string): Route | undefined;
  /** Sends a message once more, on another way or, without one, as before. */
  again(id: string, next?: Route): void;
  close(): void;
}

/** From how many on it is worth to look which are not needed any more. */
const MOST_ROUTES = 1000;

const ATTEMPT = { what: 'send a message to a group' };

/** Whom a message has still to reach. */
const left = ({ reached }: Entry): readonly BareJid[] =>
  [...reached].flatMap(([jid, how]) => (how === 'sent' ? [jid] : []));

export function openPost(context: Context, service: ServiceSearch): Post {
  const { account, wire, events } = context;
  const barrier = createBarrier(() => wire.roundTrip(ATTEMPT));
  const routes = new Map<string, Route>();
  /** What was given to the connection in this session. */
  const handed = new Set<string>();
  const lanes = new Set<string>();
  const pauses = new Set<() => void>();
  let session = 0;
  let closed = false;

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = wire.platform.after(ms, () => {
        pauses.delete(cancel);
        resolve();
      });
      pauses.add(cancel);
    });

  const isOver = (mine: number): boolean => closed || mine !== session;

  /** @returns whether all of it was given to the connection */
  const hand = async (entry: Entry, stanza: NonNullable<Entry['stanza']>, mine: number): Promise<boolean> => {
    const known = routes.get(entry.id);
    const found = known === undefined ? await service.find() : undefined;
    if (isOver(mine) || !isOnline(context)) return false;
    const route = known ?? routeTo(left(entry), found, { hidden: context.choices.hidden });
    routes.set(entry.id, route);
    handed.add(entry.id);
    let waited = 0;
    for (const { stanza: piece, after } of piecesOn(route, stanza)) {
      if (after > waited) await pause(after - waited);
      waited = after;
      if (isOver(mine)) return false;
      try {
        await wire.send(ATTEMPT, piece);
      } catch (error) {
        if (!(error instanceof GroupsError)) throw error;
        // The connection is gone, which ends the lane; the next one sends it whole.
        if (!isOver(mine)) handed.delete(entry.id);
        return false;
      }
    }
    return true;
  };

  /** Resolves when the server has what was handed over, to whether that is so. */
  const isTaken = async (id: string, mine: number): Promise<boolean> => {
    for (;;) {
      try {
        await barrier.pass();
        return !isOver(mine) && handed.has(id);
      } catch (error) {
        if (!(error instanceof GroupsError)) throw error;
        if (isOver(mine) || error.condition !== 'timeout') return false;
      }
    }
  };

  const take = async ({ id, group }: Entry, mine: number): Promise<void> => {
    if (!(await isTaken(id, mine))) return;
    await account.work(async (kept) => {
      // Meanwhile it may have come back.
      const isIt = !isOver(mine) && handed.has(id);
      const next = isIt
        ? changeEntry(kept, id, (entry) => (entry.taken ? entry : { ...entry, taken: true }))
        : kept;
      return {
        kept: next,
        result: undefined,
        afterwards: () => {
          if (next !== kept) events.emit('sent-state', { group, id, state: { kind: 'taken' } });
        },
      };
    });
  };

  /** @returns whether it ended because there is nothing more to send */
  const run = async (key: GroupKey, mine: number): Promise<boolean> => {
    while (!isOver(mine) && isOnline(context)) {
      const entry = account
        .kept()
        .entries.find(({ id, group, taken }) => !taken && !handed.has(id) && sameKey(group, key));
      if (entry?.stanza === undefined) return true;
      if (!(await hand(entry, entry.stanza, mine))) return false;
      const taken = take(entry, mine);
      if (entry.command) await taken;
      else inBackground(context, key, taken);
    }
    return false;
  };

  const lane = async (key: GroupKey): Promise<void> => {
    const name = keyText(key);
    const mine = session;
    lanes.add(name);
    let isDone = false;
    try {
      isDone = await run(key, mine);
    } finally {
      if (mine === session) lanes.delete(name);
    }
    // What was said in the very moment in which the lane ended.
    if (isDone) wake();
  };

  /** Forgets what no entry is left of. */
  const forget = (isKnown: (entry: Entry) => boolean): void => {
    const known = new Set(
      account
        .kept()
        .entries.filter(isKnown)
        .map(({ id }) => id),
    );
    for (const id of routes.keys()) if (!known.has(id)) routes.delete(id);
    for (const id of handed) if (!known.has(id)) handed.delete(id);
  };

  const wake = (): void => {
    if (closed || !isOnline(context)) return;
    if (routes.size > MOST_ROUTES) forget(() => true);
    for (const { group, taken, id } of account.kept().entries) {
      if (taken || handed.has(id) || lanes.has(keyText(group))) continue;
      inBackground(context, group, lane(group));
    }
  };

  return {
    wake,
    startOver: () => {
      session += 1;
      lanes.clear();
      forget(({ taken }) => taken);
      handed.clear();
      wake();
    },
    routeOf: (id) => routes.get(id),
    again: (id, next) => {
      if (next !== undefined) routes.set(id, next);
      handed.delete(id);
      wake();
    },
    close: () => {
      closed = true;
      for (const cancel of pauses) cancel();
    },
  };
}
