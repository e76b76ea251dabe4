import type { KontalkEvent } from '@xmpp-groups/core/kontalk';
import type { XmlElement } from '@xmpp-groups/core/xml';
import { GroupsError } from '../errors.js';
import { delayOf } from './arrival.js';
import type { ComingBack } from './come-back.js';
import { type Context, inBackground, tellFault } from './context.js';
import { hear, hearAgain } from './hear.js';
import { type Heard, joined, nothingHeard } from './heard.js';
import type { Kept, WaitingStanza } from './kept.js';
import { plain } from './plain.js';
import type { Speaker } from './say.js';
import { show } from './show.js';

/** Takes in what comes, in its order. */
export interface Listener {
  /** A stanza has come. */
  take(stanza: XmlElement): void;
  /** Keys have come or count now: what waits for them is tried. */
  tryAgain(): void;
  /** What follows from something that is kept already. */
  follow(heard: Omit<Heard, 'kept'>): void;
  close(): void;
}

/** After how many milliseconds it is tried again to save what could not be saved. */
const SAVE_AGAIN = 5_000;

/** @param met called with what happened: people whose keys may be needed soon may have been met */
export function createListener(
  context: Context,
  back: ComingBack,
  speaker: Speaker,
  met: (events: readonly KontalkEvent[]) => void,
): Listener {
  const { account, wire, me } = context;
  /** What is not saved yet stays here. */
  const inbox: WaitingStanza[] = [];
  /** Whether what waits is to be tried, and whether it is being tried. */
  let again = false;
  let trying = false;
  let busy = true;
  let ended = false;
  let cancel = (): void => undefined;

  const follow: Listener['follow'] = (heard) => {
    for (const event of heard.events) show(context.events, event);
    for (const tell of heard.more) tell();
    for (const errand of heard.errands) inBackground(context, errand.group, speaker.say(errand, errand.op));
    met(heard.events);
  };

  const drain = async (before: Kept) => {
    const batch = [...inbox];
    trying = again;
    again = false;
    let heard = trying ? await hearAgain(context, before) : nothingHeard(before);
    for (const arrived of batch) {
      heard = joined(heard, await hear(context, back, heard.kept, arrived));
    }
    return {
      kept: heard.kept,
      result: undefined,
      afterwards: () => {
        inbox.splice(0, batch.length);
        follow(heard);
      },
    };
  };

  const work = (): void => {
    if (ended || busy || (inbox.length === 0 && !again)) return;
    busy = true;
    account.work(drain).then(
      () => {
        busy = false;
        work();
      },
      (error: unknown) => {
        busy = false;
        again ||= trying;
        tellFault(context, undefined, error);
        if (error instanceof GroupsError && error.condition === 'state') {
          cancel = wire.platform.after(SAVE_AGAIN, work);
        }
      },
    );
  };

  account.loaded.then(
    () => {
      busy = false;
      work();
    },
    (error: unknown) => {
      ended = true;
      inbox.length = 0;
      tellFault(context, undefined, error);
    },
  );

  return {
    take: (stanza) => {
      if (ended) return;
      const receivedAt = wire.platform.now();
      const copy = plain(stanza);
      inbox.push({ stanza: copy, receivedAt, delayStamp: delayOf(copy, me, receivedAt) });
      work();
    },
    tryAgain: () => {
      again = true;
      work();
    },
    follow,
    close: () => {
      ended = true;
      cancel();
    },
  };
}
