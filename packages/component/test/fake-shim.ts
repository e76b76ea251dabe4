import { EventEmitter, once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createChunks } from '../src/bridge/chunks.js';
import { type Frame, type SessionState, type ShimFrame, VERSION } from '../src/bridge/frames.js';
import { proofOf } from '../src/bridge/proof.js';
import { decodeFrame } from '../src/bridge/read-frame.js';
import { encodeFrame } from '../src/bridge/write-frame.js';

/** A runner that was let in, seen from the module inside ejabberd. */
export interface Runner {
  readonly socket: Socket;
  /** What it said about itself. */
  readonly proven: Extract<Frame, { kind: 'prove' }>;
  /** Everything that it has said since. */
  readonly said: readonly Frame[];
  tell(frame: ShimFrame): void;
  /** Fulfilled when it has said as many frames. */
  says(count: number): Promise<readonly Frame[]>;
}

/** A module inside ejabberd that does just what a test tells it. */
export interface FakeShim {
  readonly port: number;
  /** Which life of it this is. */
  incarnation: Buffer;
  /** What it tells the next runner of the session. */
  answer: { readonly session: SessionState; readonly taken: number };
  /** The next runner that proves the secret. */
  accepts(): Promise<Runner>;
  close(): Promise<void>;
}

const NONCE = Buffer.alloc(32, 5);

export async function startFakeShim(secret: string, domain = 'groups.example.com'): Promise<FakeShim> {
  const events = new EventEmitter<{ runner: [Runner] }>();
  const sockets = new Set<Socket>();

  const serve = (socket: Socket): void => {
    const chunks = createChunks();
    const news = new EventEmitter<{ said: [] }>();
    const said: Frame[] = [];
    let isIn = false;
    const tell = (frame: ShimFrame): void => {
      socket.write(encodeFrame(frame));
    };
    const letIn = (proven: Frame): void => {
      if (proven.kind !== 'prove') throw new Error(`${proven.kind} came first`);
      const all = {
        theirs: NONCE,
        own: proven.nonce,
        incarnation: shim.incarnation,
        session: proven.session,
      };
      if (!proven.proof.equals(proofOf('runner', secret, all))) {
        tell({ kind: 'refuse', reason: 2, text: 'no' });
        socket.end();
        return;
      }
      isIn = true;
      tell({
        kind: 'welcome',
        proof: proofOf('shim', secret, all),
        ...shim.answer,
        mode: 'subdomain',
        domain,
      });
      const says: Runner['says'] = async (count) => {
        while (said.length < count) await once(news, 'said');
        return said;
      };
      events.emit('runner', { socket, proven, said, tell, says });
    };
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    sockets.add(socket);
    socket.on('data', (chunk: Buffer) => {
      const cut = chunks.add(chunk);
      if (!cut.ok) throw new Error(cut.error);
      for (const bytes of cut.value) {
        const frame = decodeFrame(bytes);
        if (!frame.ok) throw new Error(frame.error);
        if (!isIn) letIn(frame.value);
        else {
          said.push(frame.value);
          news.emit('said');
        }
      }
    });
    tell({ kind: 'hello', version: VERSION, incarnation: shim.incarnation, nonce: NONCE });
  };

  const server = createServer(serve);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new TypeError('no address');
  const shim: FakeShim = {
    port: address.port,
    incarnation: Buffer.alloc(16, 1),
    answer: { session: 'new', taken: 0 },
    accepts: async () => {
      const [runner] = await once(events, 'runner');
      return runner;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return shim;
}
