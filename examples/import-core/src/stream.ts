import { once } from 'node:events';
import { element, fullJid, textChild } from '@xmpp-groups/core/codec';
import type { FullJid } from '@xmpp-groups/core/jid';
import { readStanza, refusal, refuse } from '@xmpp-groups/core/stanza';
import { elementsOf, localName, parse, serialise, type XmlElement, xml } from '@xmpp-groups/core/xml';
import { WebSocket } from 'ws';

/** The connection of this project; yours is another one. */
export interface Stream {
  readonly jid: FullJid;
  send(stanza: XmlElement): void;
  /** Calls `listener` for each stanza that comes. Returns the function that ends it. */
  onStanza(listener: (stanza: XmlElement) => void): () => void;
  close(): Promise<void>;
}

export interface Account {
  readonly url: string;
  readonly domain: string;
  readonly name: string;
  readonly password: string;
}

const FRAMING = 'urn:ietf:params:xml:ns:xmpp-framing';
const SASL = 'urn:ietf:params:xml:ns:xmpp-sasl';

const BIND = 'urn:ietf:params:xml:ns:xmpp-bind';

/** What the core does not declare, a project declares for itself. */
const bind = element('bind', BIND, 'RFC 6120 section 7', { jid: textChild('jid', BIND, fullJid).optional });

/** Logs in over WebSocket (RFC 7395), where each frame is one element, as the core's parser wants it. */
export async function openStream({ url, domain, name, password }: Account): Promise<Stream> {
  const socket = new WebSocket(url, 'xmpp');
  const listeners = new Set<(stanza: XmlElement) => void>();
  const waiting: XmlElement[] = [];
  const arrived = new Set<() => void>();
  socket.on('message', (data) => {
    const read = parse(String(data));
    if (!read.ok) throw new Error(`${read.error.path}: ${read.error.reason}`);
    if (listeners.size === 0) waiting.push(read.value);
    for (const listener of [...listeners]) listener(read.value);
    for (const wake of [...arrived]) wake();
  });
  const next = async (wanted: string): Promise<XmlElement> => {
    for (;;) {
      const found = waiting.shift();
      if (found !== undefined && localName(found) === wanted) return found;
      if (found?.name === 'failure') throw new Error(`${name} was turned away: ${serialise(found)}`);
      if (found === undefined) {
        await new Promise<void>((resolve) => {
          arrived.add(resolve);
        });
        arrived.clear();
      }
    }
  };
  const write = (frame: XmlElement): void => socket.send(serialise(frame));
  const open = async (): Promise<void> => {
    write(xml('open', { xmlns: FRAMING, to: domain, version: '1.0' }));
    await next('features');
  };

  await once(socket, 'open');
  await open();
  const credentials = Buffer.from(`\0${name}\0${password}`).toString('base64');
  write(xml('auth', { xmlns: SASL, mechanism: 'PLAIN' }, [credentials]));
  await next('success');
  await open();
  write(xml('iq', { xmlns: 'jabber:client', type: 'set', id: 'bind' }, [bind.build({})]));
  const [bound] = elementsOf(await next('iq')).map((child) => bind.parse(child));
  if (!bound?.ok || bound.value.jid === undefined) throw new Error('the server gave no resource');
  // Every request of others is answered (RFC 6120, section 8.2.3); this project knows none.
  listeners.add((stanza) => {
    const read = readStanza(stanza);
    if (!read.ok || read.value.kind !== 'iq' || read.value.type === 'error') return;
    const answer = refuse(read.value, refusal('service-unavailable', 'This is not answered here'));
    if (answer !== undefined) write(answer);
  });

  return {
    jid: bound.value.jid,
    send: (stanza) => write({ ...stanza, attrs: { xmlns: 'jabber:client', ...stanza.attrs } }),
    onStanza: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      write(xml('close', { xmlns: FRAMING }));
      await once(socket, 'close');
    },
  };
}
