import type { BareJid } from '@xmpp-groups/core/jid';
import { err } from '@xmpp-groups/core/result';
import { iq } from '@xmpp-groups/core/stanza';
import { NS, serialise } from '@xmpp-groups/core/xml';
import type { IqTracker } from './iq-tracker.js';
import type { Link } from './link.js';

const QUERY_MS = 10_000;

/**
 * How a link asks, whatever it is made of.
 * @param newId the id of an IQ, which nobody can guess
 * @param isUp whether there is a connection
 * @param write sends a text on it
 */
export const queryOn =
  (
    domain: BareJid,
    queries: Pick<IqTracker, 'expect'>,
    newId: () => string,
    isUp: () => boolean,
    write: (text: string) => void,
  ): Link['query'] =>
  async (to, payload, type, { timeoutMs = QUERY_MS, from = domain } = {}) => {
    if (!isUp()) return err({ kind: 'down' });
    const id = newId();
    const answer = queries.expect(id, to, timeoutMs);
    write(serialise(iq.build({ from, to, id, type, payload: [payload] }), NS.client));
    return answer;
  };
