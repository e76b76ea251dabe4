import { type Declaration, pick } from '@xmpp-groups/core/codec';
import { bareOf, domainOf, type Jid } from '@xmpp-groups/core/jid';
import { errorElement, type Iq, iq } from '@xmpp-groups/core/stanza';
import { ping } from '@xmpp-groups/core/xep';
import { type XmlElement, xml } from '@xmpp-groups/core/xml';
import { addressed } from './addressed.js';
import type { Connection } from './connection.js';
import { type Attempt, type FaultCondition, GroupsError, refused, unreadable } from './errors.js';
import type { Waiting, WaitingRoom } from './waiting.js';

/** Requests and their answers (RFC 6120, section 8.2.3). All reject with a `GroupsError` and always settle. */
export interface Requests {
  /**
   * Asks, and asks again when the connection was lost meanwhile: for requests that change nothing.
   * @param type `set` for the questions to archives, which are asked that way
   */
  ask<T>(attempt: Attempt, question: XmlElement, answer: Declaration<T>, type?: 'get' | 'set'): Promise<T>;
  /** Has something changed; resolves with the payload of the answer. */
  change(attempt: Attempt, payload: XmlElement): Promise<readonly XmlElement[]>;
  /**
   * Resolves when the own server has worked off all that was sent before: it answers in that order (RFC 6120,
   * section 10.1). Rejects with `offline` when the session has ended before, so that this is not known.
   */
  roundTrip(attempt: Attempt): Promise<void>;
}

interface Pending {
  readonly attempt: Attempt;
  readonly element: XmlElement;
  readonly repeatable: boolean;
  readonly waiting: Waiting<readonly XmlElement[]>;
  sent: boolean;
}

/** Whether an answer of `from` is one to a request to `to`; account and server may answer for each other. */
function isFrom(from: Jid, to: Jid | undefined, own: Jid): boolean {
  if (to !== undefined) return from === to;
  return from === own || from === bareOf(own) || from === domainOf(own);
}

const UNANSWERED: ReadonlySet<FaultCondition> = new Set(['timeout', 'offline', 'closed']);

function settle({ attempt, waiting }: Pending, answer: Iq): void {
  if (answer.type === 'result') {
    waiting.resolve(answer.payload);
    return;
  }
  const error = pick(errorElement, answer.payload);
  waiting.reject(
    error?.ok
      ? refused(attempt, error.value, answer.payload)
      : unreadable(attempt, error?.error ?? { path: 'iq', reason: 'no error in it' }),
  );
}

export function createRequests(connection: Connection, room: WaitingRoom, newId: () => string): Requests {
  const pending = new Map<string, Pending>();

  const transmit = (request: Pending): void => {
    if (request.sent || connection.own() === undefined) return;
    request.sent = true;
    connection.send(request.element).catch(() => {
      // It is sent as soon as the connection is there again; its time runs on.
      request.sent = false;
    });
  };

  const begin = (attempt: Attempt, type: 'get' | 'set', payload: XmlElement, repeatable: boolean) => {
    const id = newId();
    let open = true;
    const waiting = room.enter<readonly XmlElement[]>(attempt, () => {
      open = false;
      pending.delete(id);
    });
    if (!open) return waiting.promise;
    const element = xml('iq', { type, id, to: attempt.to }, [payload]);
    const request: Pending = { attempt, element, repeatable, waiting, sent: false };
    pending.set(id, request);
    transmit(request);
    return waiting.promise;
  };

  connection.subscribe((event) => {
    const own = connection.own();
    if (event.kind === 'element' && own !== undefined) {
      if (!iq.is(event.element)) return;
      const read = iq.parse(addressed(event.element, bareOf(own), own));
      if (!read.ok || (read.value.type !== 'result' && read.value.type !== 'error')) return;
      const request = pending.get(read.value.id);
      if (request !== undefined && isFrom(read.value.from, request.attempt.to, own)) {
        settle(request, read.value);
      }
    } else if (event.kind === 'online') {
      for (const request of [...pending.values()]) {
        if (!event.resumed && request.sent && !request.repeatable) {
          request.waiting.reject(
            new GroupsError(request.attempt, 'offline', 'the connection was lost before the answer'),
          );
        } else {
          if (!event.resumed) request.sent = false;
          transmit(request);
        }
      }
    }
  });

  return {
    ask: async (attempt, question, answer, type = 'get') => {
      const read = pick(answer, await begin(attempt, type, question, true));
      if (read?.ok) return read.value;
      throw unreadable(attempt, read?.error ?? { path: 'iq', reason: `no <${answer.name}/> in it` });
    },
    change: (attempt, payload) => begin(attempt, 'set', payload, false),
    roundTrip: async (attempt) => {
      try {
        await begin(attempt, 'get', ping.build({}), false);
      } catch (error) {
        // A server that knows no pings has come to this one, too.
        if (!(error instanceof GroupsError) || UNANSWERED.has(error.condition)) throw error;
      }
    },
  };
}
