import { announceKey, mustAnnounce } from '@xmpp-groups/core/kontalk';
import { type AnnouncedKey, pubsub } from '@xmpp-groups/core/xep';
import type { XmlElement } from '@xmpp-groups/core/xml';
import { GroupsError } from '../../errors.js';
import { askForList, takeList } from './ask-keys.js';
import type { Context } from './context.js';

/** How often a key is announced again in one session: another client may take it out each time. */
const MOST_AGAIN = 10;

/** Announces the own key where the account lists its keys; one attempt at a time. */
export interface Announcing {
  /** Asks what the list has, and announces the key if it is not in it. Rejects with a `GroupsError`. */
  announce(): Promise<void>;
  /** The same for a list that the server has sent; resolves without doing anything if that happens too often. */
  listSeen(list: readonly AnnouncedKey[]): Promise<void>;
}

export function createAnnouncing(context: Context): Announcing {
  const { own } = context.library;
  let again = 0;
  let running: Promise<void> | undefined;

  const announce = async (): Promise<void> => {
    const listed = (await askForList(context, context.me)) ?? [];
    const now = context.wire.platform.now();
    const isListed = !mustAnnounce(own.fingerprint, listed);
    if (!isListed) {
      for (const payload of announceKey(own.fingerprint, own.bytes, listed, now))
        await publish(context, payload);
    }
    // The other devices of the account may have keys of their own.
    const list = isListed ? listed : [...listed, { fingerprint: own.fingerprint, date: now }];
    await takeList(context, context.me, list);
  };
  const alone = (): Promise<void> => {
    running ??= announce().finally(() => {
      running = undefined;
    });
    return running;
  };

  return {
    announce: alone,
    listSeen: async (list) => {
      if (running !== undefined || again >= MOST_AGAIN || !mustAnnounce(own.fingerprint, list)) return;
      again += 1;
      await alone();
    },
  };
}

const ATTEMPT = { what: 'announce the own key' };

/** A node that another client has made in another way is used as it is: it has been announcing keys before. */
async function publish({ wire }: Context, payload: XmlElement): Promise<void> {
  try {
    await wire.change(ATTEMPT, payload);
  } catch (error) {
    const request = pubsub.parse(payload);
    if (!(error instanceof GroupsError) || error.condition !== 'conflict' || !request.ok) throw error;
    await wire.change(ATTEMPT, pubsub.build({ publish: request.value.publish }));
  }
}
