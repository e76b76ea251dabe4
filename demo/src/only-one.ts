import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join, relative } from 'node:path';
import { text } from 'node:stream/consumers';

/**
 * Keeps a folder to one process at a time, by a socket in it that tells the process id to who connects. Unlike a
 * file with a number it cannot outlive its process unnoticed.
 * @returns the function that gives the folder free, or the id of the process that has it
 */
export async function occupy(folder: string): Promise<(() => Promise<void>) | number> {
  // Names of sockets may have about a hundred characters: the relative path is the shorter one.
  const path = relative(process.cwd(), join(folder, 'run.sock'));
  const mine = await listen(path);
  if (mine !== undefined) return release(mine);
  const holder = await ask(path);
  if (holder !== undefined) return holder;
  rmSync(path, { force: true });
  const second = await listen(path);
  if (second === undefined) throw new Error(`${path} was taken by another process just now; try again.`);
  return release(second);
}

async function listen(path: string): Promise<Server | undefined> {
  const server = createServer((socket) => {
    // Who asks and does not wait for the answer does no harm.
    socket.on('error', () => socket.destroy());
    socket.end(String(process.pid));
  });
  server.listen(path);
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') return undefined;
    throw error;
  }
}

/** The id of the process that listens, `undefined` when nobody does. */
async function ask(path: string): Promise<number | undefined> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return Number(await text(socket));
  } catch (error) {
    if (codeOf(error) === 'ECONNREFUSED' || codeOf(error) === 'ENOENT') return undefined;
    throw error;
  } finally {
    socket.destroy();
  }
}

const release = (server: Server) => async (): Promise<void> => {
  const closed = once(server, 'close');
  server.close();
  await closed;
};

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
