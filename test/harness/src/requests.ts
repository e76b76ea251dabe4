import { randomUUID } from 'node:crypto';
import { type XmlElement, xml } from '@xmpp-groups/core/xml';
import { stanzaError } from './stanza-error.js';

export interface RequestOptions {
  /** Milliseconds, 10,000 unless given. */
  readonly timeout?: number;
}

/** Requests of a client that wait for their answers (RFC 6120, section 8.2.3). */
export interface Requests {
  /** Sends an IQ; resolves with the whole answer, rejects with a `StanzaError`, on time-out or on loss. */
  request(
    to: string | undefined,
    type: 'get' | 'set',
    payload: XmlElement,
    options?: RequestOptions,
  ): Promise<XmlElement>;
  /** Settles the request that `stanza` answers, if it answers one. */
  answer(stanza: XmlElement): void;
  /** Ends all waiting with an error that gives `reason`. */
  close(reason: string): void;
}

interface Pending {
  readonly to: string | undefined;
  readonly resolve: (stanza: XmlElement) => void;
  readonly reject: (error: Error) => void;
}

/**
 * @xmpp/client's own requests take any answer with the right id and wait out their time when the connection
 * is lost; these look at the sender too.
 *
 * @param own whether an address is the client's own account or server, which may answer for each other
 */
export function createRequests(
  send: (stanza: XmlElement) => Promise<void>,
  own: (address: string) => boolean,
): Requests {
  const pending = new Map<string, Pending>();

  const answers = (to: string | undefined, from: string | undefined): boolean => {
    if (to === undefined || own(to)) return from === undefined || own(from);
    return from?.toLowerCase() === to.toLowerCase();
  };

  return {
    request: (to, type, payload, { timeout = 10_000 } = {}) => {
      const id = randomUUID();
      return new Promise((resolve, reject) => {
        const settle = (): void => {
          clearTimeout(timer);
          pending.delete(id);
        };
        const fail = (error: Error): void => {
          settle();
          reject(error);
        };
        const timer = setTimeout(() => {
          fail(
            new Error(
              `No answer from ${to ?? 'the own account'} to <${payload.name}/> within ${timeout} ms.`,
            ),
          );
        }, timeout);
        pending.set(id, {
          to,
          reject: fail,
          resolve: (stanza) => {
            settle();
            resolve(stanza);
          },
        });
        send(xml('iq', { type, id, to }, [payload])).catch(fail);
      });
    },
    answer: (stanza) => {
      const { id, type, from } = stanza.attrs;
      if (stanza.name !== 'iq' || id === undefined) return;
      const request = pending.get(id);
      if (request === undefined || !answers(request.to, from)) return;
      if (type === 'result') request.resolve(stanza);
      if (type === 'error') request.reject(stanzaError(stanza));
    },
    close: (reason) => {
      for (const request of [...pending.values()]) request.reject(new Error(reason));
    },
  };
}
