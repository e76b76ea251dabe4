import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/**
 * A server for one component (XEP-0114) that is nothing but a socket: what is measured is the daemon alone. It takes any
 * secret and reads all that comes, without a look at it but for what somebody waits for.
 */
export interface ScaleServer {
  readonly port: number;
  /** When the daemon was accepted, by `performance.now()`. */
  readonly accepted: Promise<number>;
  write(text: string): void;
  /**
   * Resolves with the time when something that matches has come, by `performance.now()`; it must not be longer than
   * 1,000 bytes. Rejects after 30 seconds.
   */
  comes(pattern: RegExp): Promise<number>;
  close(): Promise<void>;
}

/** How long a text may be that somebody waits for. */
const LONGEST = 1_000;

const LIMIT_MS = 30_000;

const HEADER =
  "<?xml version='1.0'?><stream:stream xmlns:stream='http://etherx.jabber.org/streams' " +
  "xmlns='jabber:component:accept' id='1'>";

export async function startScaleServer(): Promise<ScaleServer> {
  const waiting = new Map<RegExp, (at: number) => void>();
  let socket: Socket | undefined;
  let accept: (at: number) => void = () => undefined;
  const accepted = new Promise<number>((resolve) => {
    accept = resolve;
  });
  /** The end of what has come: a text may come in two pieces. */
  let left = '';
  const server = createServer((peer) => {
    socket = peer;
    let state: 'new' | 'open' | 'accepted' = 'new';
    peer.setNoDelay(true);
    peer.setEncoding('latin1').on('data', (chunk: string) => {
      const text = left + chunk;
      if (state === 'new' && text.includes('<stream:stream')) {
        state = 'open';
        peer.write(HEADER);
      }
      if (state === 'open' && text.includes('</handshake>')) {
        state = 'accepted';
        peer.write('<handshake/>');
        accept(performance.now());
      }
      for (const [wanted, tell] of waiting) {
        if (!wanted.test(text)) continue;
        waiting.delete(wanted);
        tell(performance.now());
      }
      left = text.slice(-LONGEST);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    port: address.port,
    accepted,
    write: (text) => {
      socket?.write(text);
    },
    comes: (pattern) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${pattern} did not come: ${left}`)), LIMIT_MS);
        waiting.set(pattern, (at) => {
          clearTimeout(timer);
          resolve(at);
        });
      }),
    close: async () => {
      socket?.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
