import type { BareJid } from '@xmpp-groups/core/jid';
import { type GroupMessage, posted, type RefusedMessage } from '@xmpp-groups/core/xabber';
import type { XmlElement } from '@xmpp-groups/core/xml';
import { GroupsError, refused } from '../errors.js';
import type { Events } from '../events.js';
import type { Wire } from '../wire.js';
import type { SendState, XabberEvents } from './kinds.js';

/** How a sending ended. */
export type SendOutcome = Exclude<SendState, { readonly kind: 'sending' }>;

/** A message under way. */
export interface Sending {
  /** By it the message is known until it has an id in the archive, and with it it is sent again. */
  readonly originId: string;
  /** Resolves, and never rejects, when the group has the message, or when that has failed. */
  readonly outcome: Promise<SendOutcome>;
}

/** The messages that were sent from here and are not stored yet. */
export interface Outgoing {
  /**
   * @param text `undefined` for a message without one
   * @param more goes beside the text: references, a marker
   */
  send(group: BareJid, text: string | undefined, more: readonly XmlElement[]): Sending;
  /** Sends a failed message again, as the same one; `undefined` when there is none with this id. */
  retry(originId: string): Sending | undefined;
  /** The group has this message. */
  stored(group: BareJid, message: GroupMessage): void;
  refused(group: BareJid, message: RefusedMessage): void;
  /** Sends what has no answer again: the connection was lost. */
  resend(): void;
  /** Ends all waiting. */
  close(): void;
}

interface Entry {
  readonly group: BareJid;
  readonly text: string | undefined;
  readonly more: readonly XmlElement[];
  kind: SendState['kind'];
  end: (outcome: SendOutcome) => void;
}

/** How many messages that were not sent are kept for another attempt. */
const KEPT = 1000;

const attemptOf = (to: BareJid) => ({ what: 'send a message', to });

/** @param timeout how long an echo may take, in milliseconds */
export function createOutgoing(wire: Wire, events: Events<XabberEvents>, timeout: number): Outgoing {
  const entries = new Map<string, Entry>();

  const element = (originId: string, { group, text, more }: Entry, retry: boolean): XmlElement => {
    const bodies = text === undefined ? [] : [{ text }];
    const built = posted.build({ bodies, originId: { id: originId }, retry });
    return {
      ...built,
      attrs: { ...built.attrs, to: group, type: 'chat', id: originId },
      children: [...built.children, ...more],
    };
  };

  const transmit = (originId: string, entry: Entry, retry: boolean): void => {
    if (wire.own() === undefined) return;
    wire.send(attemptOf(entry.group), element(originId, entry, retry)).catch((error: unknown) => {
      // Lost with the connection: sent again with the next one, or out of time before.
      if (!(error instanceof GroupsError)) throw error;
    });
  };

  const begin = (originId: string, entry: Entry, retry: boolean): Sending => {
    entry.kind = 'sending';
    const outcome = new Promise<SendOutcome>((resolve) => {
      const cancel = wire.platform.after(timeout, () =>
        entry.end({
          kind: 'failed',
          error: new GroupsError(attemptOf(entry.group), 'timeout', `no echo within ${timeout} ms`),
        }),
      );
      entry.end = (state) => {
        cancel();
        entry.kind = state.kind;
        if (state.kind === 'stored') entries.delete(originId);
        events.emit('sent', { group: entry.group, originId, state });
        resolve(state);
      };
    });
    events.emit('sent', { group: entry.group, originId, state: { kind: 'sending' } });
    transmit(originId, entry, retry);
    return { originId, outcome };
  };

  const makeRoom = (): void => {
    if (entries.size < KEPT) return;
    for (const [originId, { kind }] of entries) {
      if (kind !== 'failed') continue;
      entries.delete(originId);
      return;
    }
  };

  const find = (group: BareJid, originId: string | undefined): Entry | undefined => {
    const entry = originId === undefined ? undefined : entries.get(originId);
    return entry?.group === group ? entry : undefined;
  };

  return {
    send: (group, text, more) => {
      makeRoom();
      const originId = wire.platform.newId();
      const entry: Entry = { group, text, more, kind: 'sending', end: () => undefined };
      entries.set(originId, entry);
      return begin(originId, entry, false);
    },
    retry: (originId) => {
      const entry = entries.get(originId);
      return entry?.kind === 'failed' ? begin(originId, entry, true) : undefined;
    },
    stored: (group, message) => {
      if (message.stanzaId === undefined) return;
      find(group, message.originId)?.end({ kind: 'stored', stanzaId: message.stanzaId, message });
    },
    refused: (group, { originId, error }) => {
      const entry = find(group, originId);
      if (entry?.kind === 'sending') {
        entry.end({ kind: 'failed', error: refused(attemptOf(group), error) });
      }
    },
    resend: () => {
      for (const [originId, entry] of entries) {
        if (entry.kind === 'sending') transmit(originId, entry, true);
      }
    },
    close: () => {
      for (const { group, kind, end } of [...entries.values()]) {
        if (kind === 'sending') {
          end({ kind: 'failed', error: new GroupsError(attemptOf(group), 'closed', undefined) });
        }
      }
    },
  };
}
