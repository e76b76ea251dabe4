import { createHmac, randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** Who knows the secret of mod_xmpp_groups, and says what he likes (docs/shim-protocol.md). */
export interface RawRunner {
  /** Has stanzas routed, given as XML text. */
  route(xml: string): void;
  close(): void;
}

const number = (value: number, bytes: number): Buffer => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
};

const framed = (...parts: readonly Uint8Array[]): Buffer => {
  const frame = Buffer.concat(parts);
  return Buffer.concat([number(frame.length, 4), frame]);
};

/** The next frame of the module, without its length. */
const frameFrom = (socket: Socket): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    let read = Buffer.alloc(0);
    const take = (chunk: Buffer): void => {
      read = Buffer.concat([read, chunk]);
      if (read.length < 4 || read.length < 4 + read.readUInt32BE(0)) return;
      socket.off('data', take);
      resolve(read.subarray(4, 4 + read.readUInt32BE(0)));
    };
    socket.on('data', take);
    socket.once('error', reject);
  });

/** Lets itself in as a runner that wants no stanzas. */
export async function rawRunner(port: number, secret: string): Promise<RawRunner> {
  const socket = connect({ host: '127.0.0.1', port });
  const hello = await frameFrom(socket);
  const [incarnation, theirs] = [hello.subarray(2, 18), hello.subarray(18, 50)];
  const [session, own] = [randomBytes(16), randomBytes(32)];
  const said = Buffer.concat([Buffer.from('xmpp-groups runner'), theirs, own, incarnation, session]);
  const proof = createHmac('sha256', secret).update(said).digest();
  const version = hello.subarray(1, 2);
  socket.write(framed(number(2, 1), version, session, own, proof, number(0, 6), number(0, 1)));
  const answer = await frameFrom(socket);
  if (answer[0] !== 3) throw new Error(`not let in: ${answer.subarray(2).toString('utf8')}`);
  let last = 0;
  return {
    route: (xml) => {
      last += 1;
      socket.write(framed(number(7, 1), number(last, 6), number(0, 6), Buffer.from(xml)));
    },
    close: () => socket.destroy(),
  };
}
