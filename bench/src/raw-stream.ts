import { once } from 'node:events';
import { connect } from 'node:net';

/**
 * A stream of XML over TCP that is not parsed: text while somebody expects some, otherwise bytes that go to
 * a listener at once. Parsing all copies would cost more than what is to be measured.
 */
export interface RawStream {
  write(text: string): void;
  /**
   * Resolves with what has come since the call, as soon as `pattern` matches it. The bytes go to the listener
   * as well. Rejects when the connection ends before, or after 30 seconds.
   */
  expect(pattern: RegExp): Promise<string>;
  end(): Promise<void>;
}

const CHUNK = 262_144;
const LIMIT_MS = 30_000;

/** All sockets read into this one, so that no memory has to be found for each chunk. */
const shared = Buffer.allocUnsafe(CHUNK);

/**
 * Connects to a port of 127.0.0.1.
 * @param received gets each chunk; its memory is used again after the call
 * @throws Error (rejects) when nobody listens
 */
export async function openStream(port: number, received: (chunk: Buffer) => void): Promise<RawStream> {
  let waiting:
    | { pattern: RegExp; resolve: (text: string) => void; reject: (error: Error) => void }
    | undefined;
  let collected = '';

  const collect = (chunk: Buffer): void => {
    if (waiting === undefined) return;
    collected += chunk.toString('utf8');
    if (waiting.pattern.test(collected)) waiting.resolve(collected);
  };
  const socket = connect({
    port,
    host: '127.0.0.1',
    noDelay: true,
    onread: {
      buffer: shared,
      callback: (length, buffer) => {
        const chunk = Buffer.from(buffer.buffer, buffer.byteOffset, length);
        received(chunk);
        collect(chunk);
        return true;
      },
    },
  });
  await once(socket, 'connect');
  const lost = (why: string) => waiting?.reject(new Error(`${why} while ${waiting.pattern} was expected`));
  socket.on('error', (error) => lost(`the connection to port ${port} failed (${error.message})`));
  socket.on('close', () => lost(`the connection to port ${port} ended`));

  return {
    write: (text) => {
      socket.write(text);
    },
    expect: (pattern) => {
      if (waiting !== undefined) throw new Error(`already waiting for ${waiting.pattern}`);
      collected = '';
      return new Promise<string>((resolve, reject) => {
        const settle = (): void => {
          clearTimeout(timer);
          waiting = undefined;
        };
        const timer = setTimeout(() => lost(`nothing came in ${LIMIT_MS / 1000} s`), LIMIT_MS);
        waiting = {
          pattern,
          resolve: (text) => {
            settle();
            resolve(text);
          },
          reject: (error) => {
            settle();
            reject(new Error(`${error.message}; last: ${collected.slice(-400)}`));
          },
        };
      });
    },
    end: async () => {
      if (socket.destroyed) return;
      const closed = once(socket, 'close');
      socket.end('</stream:stream>');
      const timer = setTimeout(() => socket.destroy(), 2_000);
      await closed;
      clearTimeout(timer);
    },
  };
}
