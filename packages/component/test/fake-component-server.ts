import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** One connection, seen from the server. */
export interface Peer {
  readonly socket: Socket;
  /** All text that came in after the handshake. */
  received(): string;
  /** Fulfilled when what came in after the handshake matches `pattern`. */
  receives(pattern: RegExp): Promise<RegExpExecArray>;
}

/** A server for one component that does just what a test tells it, and so can do what no real one would. */
export interface FakeServer {
  readonly port: number;
  /** The next connection that completes its handshake. */
  accepts(): Promise<Peer>;
  /** The connections so far, refused ones included. */
  count(): number;
  /** What to answer to the header of a stream instead of a header of its own; `undefined`: the usual. */
  greeting: string | undefined;
  /** What to send in one piece with the acceptance. */
  afterHandshake: string;
  close(): Promise<void>;
}

const HEADER = "<?xml version='1.0'?><stream:stream xmlns:stream='http://etherx.jabber.org/streams' ";
const NOT_AUTHORIZED =
  "<stream:error><not-authorized xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>";

export async function startFakeServer(secret: string): Promise<FakeServer> {
  const events = new EventEmitter<{ peer: [Peer] }>();
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer((socket) => {
    count += 1;
    const id = `stream-${count}`;
    const proof = createHash('sha1')
      .update(id + secret, 'utf8')
      .digest('hex');
    let state: 'new' | 'open' | 'accepted' = 'new';
    let text = '';
    sockets.add(socket);
    socket.setEncoding('utf8').on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    const more = new EventEmitter<{ text: [] }>();
    const peer: Peer = {
      socket,
      received: () => text,
      receives: async (pattern) => {
        for (;;) {
          const found = pattern.exec(text);
          if (found !== null) return found;
          await once(more, 'text');
        }
      },
    };
    socket.on('data', (chunk) => {
      text += chunk;
      if (state === 'new' && text.includes('<stream:stream')) {
        state = 'open';
        socket.write(
          fake.greeting ?? `${HEADER}xmlns='jabber:component:accept' from='groups.example.com' id='${id}'>`,
        );
      }
      const handshake = /<handshake>([^<]*)<\/handshake>/.exec(text);
      if (state === 'open' && handshake !== null) {
        if (handshake[1] !== proof) {
          socket.end(NOT_AUTHORIZED);
          return;
        }
        state = 'accepted';
        text = text.slice(handshake.index + handshake[0].length);
        socket.write(`<handshake/>${fake.afterHandshake}`);
        events.emit('peer', peer);
      }
      if (text.includes('</stream:stream>')) socket.end('</stream:stream>');
      more.emit('text');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (!isAddressInfo(address)) throw new TypeError('no address');
  const fake: FakeServer = {
    port: address.port,
    accepts: async () => {
      const [peer] = await once(events, 'peer');
      return peer;
    },
    count: () => count,
    greeting: undefined,
    afterHandshake: '',
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return fake;
}

const isAddressInfo = (address: AddressInfo | string | null): address is AddressInfo =>
  typeof address === 'object' && address !== null;
