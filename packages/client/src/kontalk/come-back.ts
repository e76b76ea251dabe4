import { type BareJid, bareOf } from '@xmpp-groups/core/jid';
import {
  type Bounce,
  bounced,
  clientMessage,
  received,
  receivedIn,
  type Sent,
  unwrap,
} from '@xmpp-groups/core/kontalk';
import type { ErrorCondition } from '@xmpp-groups/core/stanza';
import type { XmlElement } from '@xmpp-groups/core/xml';
import type { Context } from './context.js';
import { type Heard, nothingHeard } from './heard.js';
import { changeEntry, type Entry, type Kept } from './kept.js';
import type { SentState } from './kinds.js';
import type { Post } from './post.js';
import type { ServiceSearch } from './service.js';

/** Counts what comes back for messages that were sent: errors and receipts. */
export interface ComingBack {
  error(kept: Kept, bounce: Bounce): Heard;
  receipt(kept: Kept, stanza: XmlElement): Heard;
  close(): void;
}

/** What says that a service will never take lists of ours, or none as long as that one. */
const LASTING: readonly ErrorCondition[] = [
  'bad-request',
  'feature-not-implemented',
  'forbidden',
  'item-not-found',
  'not-acceptable',
  'not-allowed',
  'remote-server-not-found',
  'service-unavailable',
];

/** How often a service that is busy is tried again, and after how many milliseconds for the first time. */
const TRIES = 5;
const FIRST_WAIT = 5_000;

export function watchComingBack(context: Context, post: Post, service: ServiceSearch): ComingBack {
  const { wire, events } = context;
  const tries = new Map<string, number>();
  const timers = new Set<() => void>();

  const sentOf = ({ id, reached }: Entry): Sent => ({
    id,
    recipients: reached,
    route: post.routeOf(id) ?? { kind: 'each', recipients: [] },
  });

  const told =
    ({ group, id }: Entry, state: SentState) =>
    (): void =>
      events.emit('sent-state', { group, id, state });

  const later = (id: string, ms: number): void => {
    const cancel = wire.platform.after(ms, () => {
      timers.delete(cancel);
      post.again(id);
    });
    timers.add(cancel);
  };

  const givenUp = (kept: Kept, entry: Entry, condition: ErrorCondition): Heard => {
    tries.delete(entry.id);
    const lost: readonly BareJid[] = [...entry.reached].flatMap(([jid, how]) =>
      how === 'sent' ? [jid] : [],
    );
    const reached = new Map([...entry.reached].map(([jid, how]) => [jid, how === 'sent' ? 'failed' : how]));
    return {
      ...nothingHeard(changeEntry(kept, entry.id, (one) => ({ ...one, reached }))),
      more: lost.map((member) => told(entry, { kind: 'failed', member, condition })),
    };
  };

  const error = (kept: Kept, bounce: Bounce): Heard => {
    const entry = kept.entries.find(({ id }) => id === bounce.id);
    if (entry === undefined) return nothingHeard(kept);
    const { condition } = bounce;
    const about = bounced(sentOf(entry), bounce);
    if (about.kind === 'other') return nothingHeard(kept);
    if (about.kind === 'recipient') {
      const { member, sent } = about;
      return {
        ...nothingHeard(changeEntry(kept, entry.id, (one) => ({ ...one, reached: sent.recipients }))),
        more: [told(entry, { kind: 'failed', member, condition })],
      };
    }
    const { next } = about;
    const tried = (tries.get(entry.id) ?? 0) + 1;
    if (entry.stanza === undefined || (next === undefined && tried > TRIES)) {
      return givenUp(kept, entry, condition);
    }
    return {
      ...nothingHeard(changeEntry(kept, entry.id, (one) => ({ ...one, taken: false }))),
      more: [
        told(entry, { kind: 'again', condition }),
        () => {
          if (next === undefined) {
            tries.set(entry.id, tried);
            later(entry.id, FIRST_WAIT * 2 ** (tried - 1));
            return;
          }
          if (LASTING.includes(condition)) service.refused(next);
          post.again(entry.id, next);
        },
      ],
    };
  };

  return {
    error,
    receipt: (kept, stanza) => {
      const unwrapped = unwrap(stanza, context.me);
      const read = unwrapped.ok ? clientMessage.parse(unwrapped.value.message) : undefined;
      if (read?.ok !== true || read.value.from === undefined) return nothingHeard(kept);
      const { from, payload } = read.value;
      const about = receivedIn(payload);
      const member = bareOf(from);
      const entry = kept.entries.find(({ id }) => id === about);
      if (about === undefined || entry === undefined || entry.reached.get(member) === 'received') {
        return nothingHeard(kept);
      }
      const { recipients } = received(sentOf(entry), about, member);
      if (recipients === entry.reached) return nothingHeard(kept);
      return {
        ...nothingHeard(changeEntry(kept, entry.id, (one) => ({ ...one, reached: recipients }))),
        more: [told(entry, { kind: 'received', member })],
      };
    },
    close: () => {
      for (const cancel of timers) cancel();
    },
  };
}
