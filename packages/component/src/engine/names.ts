import type { BareJid } from '@xmpp-groups/core/jid';
import type { DatedEvent, Decision } from '@xmpp-groups/core/xabber';

/** Where groups live beside users: who may have which address. */
export interface Names {
  /**
   * Takes the address for a group that is about to be made.
   * @returns whether it may have it: `false`, a user has; rejects when nobody can say
   */
  claim(group: BareJid): Promise<boolean>;
  /** The group is gone, or was not made: anybody may have the address. */
  release(group: BareJid): void;
}

/** The address of one group, through its lives. */
export interface OwnName {
  /** Whether what was decided may happen. Takes the address where a group is made. */
  mayHappen(decision: Pick<Decision, 'events'>): Promise<boolean>;
  /** It is durable, and what follows from it was said. */
  happened(events: readonly DatedEvent[]): void;
  /** It never happened. `conflict`: somebody else has written the group. */
  failed(events: readonly DatedEvent[], reason: 'conflict' | Error): void;
}

/** Whether a group is made by this. */
export const founds = ({ events }: Pick<Decision, 'events'>): boolean =>
  events.some(({ kind }) => kind === 'groupCreated');

const ends = (events: readonly DatedEvent[]): boolean => events.some(({ kind }) => kind === 'groupDeleted');

export function ownName(jid: BareJid, names: Names): OwnName {
  /** How many groups of this address are being made. One that has just ended leaves it to the next. */
  let founding = 0;
  return {
    mayHappen: async (decision) => {
      if (!founds(decision)) return true;
      founding += 1;
      let isOurs = false;
      try {
        isOurs = await names.claim(jid);
      } finally {
        if (!isOurs) founding -= 1;
      }
      return isOurs;
    },
    happened: (events) => {
      if (founds({ events })) founding -= 1;
      if (ends(events) && founding === 0) names.release(jid);
    },
    failed: (events, reason) => {
      if (!founds({ events })) return;
      founding -= 1;
      // After a conflict the group of somebody else may be there, and have the name.
      if (reason !== 'conflict' && founding === 0) names.release(jid);
    },
  };
}
