import { createServer, type Socket } from 'node:net';
import { freePort } from '@xmpp-groups/harness';

/** What stands in for a server: it accepts one component (XEP-0114), sends what it is told, and reads when it is told. */
export interface FakeServer {
  readonly port: number;
  /** Sends text; resolves when the operating system has it, which is when the component reads. */
  send(text: string): Promise<void>;
  /** Stops reading: what the component sends stays on its side. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

const HEADER =
  `<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept' ` +
  `xmlns:stream='http://etherx.jabber.org/streams' id='bench' from='bench'>`;

/**
 * Starts it on a free port.
 * @param received gets everything behind the handshake; its memory is used again after the call
 */
export async function startFakeServer(received: (chunk: Buffer) => void): Promise<FakeServer> {
  let peer: Socket | undefined;
  let greeting: string | undefined = '';

  const greet = (socket: Socket, chunk: Buffer): void => {
    const before = greeting ?? '';
    greeting = before + chunk.toString('utf8');
    if (!before.includes('<stream:stream') && greeting.includes('<stream:stream')) socket.write(HEADER);
    if (!greeting.includes('</handshake>')) return;
    greeting = undefined;
    socket.write('<handshake/>');
  };
  const server = createServer({ noDelay: true }, (socket) => {
    peer = socket;
    // Whatever breaks is seen as messages that do not come.
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      if (greeting === undefined) received(chunk);
      else greet(socket, chunk);
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port,
    send: (text) =>
      new Promise((resolve, reject) => {
        if (peer === undefined) reject(new Error('no component is connected'));
        else peer.write(text, (error) => (error == null ? resolve() : reject(error)));
      }),
    pause: () => {
      peer?.pause();
    },
    resume: () => {
      peer?.resume();
    },
    stop: async () => {
      peer?.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
