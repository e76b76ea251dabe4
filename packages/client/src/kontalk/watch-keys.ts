import type { BareJid } from '@xmpp-groups/core/jid';
import { groupOf, isAccepted, type KontalkEvent, recipients } from '@xmpp-groups/core/kontalk';
import { type Context, inBackground } from './context.js';
import type { Keyring } from './keyring.js';

/** Gets keys before they are needed. */
export interface KeyWatch {
  /** Something happened in groups: people whose keys are not known may have come. */
  met(events: readonly KontalkEvent[]): void;
  close(): void;
}

/** At most once in this time the same one's keys are asked for, in milliseconds; and of how many that is known. */
const AGAIN = 600_000;
const REMEMBERED = 1000;

/** @param tryAgain what waits for keys may be readable now */
export function watchKeys(context: Context, keyring: Keyring, tryAgain: () => void): KeyWatch {
  const { events, wire, me } = context;
  const asked = new Map<BareJid, number>();

  const ask = (jid: BareJid): void => {
    const now = wire.platform.now();
    if (now - (asked.get(jid) ?? Number.NEGATIVE_INFINITY) < AGAIN) return;
    asked.delete(jid);
    asked.set(jid, now);
    for (const oldest of asked.keys()) {
      if (asked.size <= REMEMBERED) break;
      asked.delete(oldest);
    }
    inBackground(context, undefined, keyring.fetch(jid));
  };

  const ends = [
    events.on('waiting', ({ from, reason }) => {
      if (from !== undefined && reason === 'no-key') ask(from);
    }),
    keyring.onChange((jid, news) => {
      if (news === 'changed') {
        const waits = keyring.keysOf(jid).findLast(({ standing }) => standing === 'unconfirmed');
        events.emit('key-changed', { member: jid, fingerprint: waits?.fingerprint, group: undefined });
      }
      tryAgain();
    }),
  ];

  return {
    met: (happened) => {
      for (const { kind, group: key } of happened) {
        if (kind !== 'joined' && kind !== 'rejoined' && kind !== 'members-changed') continue;
        const group = groupOf(context.account.kept().world, key);
        for (const jid of group === undefined ? [] : recipients(group)) {
          if (jid !== me && !keyring.keysOf(jid).some(isAccepted)) ask(jid);
        }
      }
    },
    close: () => {
      for (const end of ends) end();
    },
  };
}
