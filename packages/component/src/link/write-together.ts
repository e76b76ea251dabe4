import type { Socket } from 'node:net';

/**
 * Writes with what else is written until the current work is done: a transaction brings words for all its messages, and
 * each write of its own would be a call of the operating system here, and one or two at the other end.
 * @param done called as that of `Socket.write`
 */
export function writeTogether(
  socket: Socket,
  data: Uint8Array | string,
  done?: (error: Error | null | undefined) => void,
): void {
  if (socket.writableCorked === 0) {
    socket.cork();
    process.nextTick(() => socket.uncork());
  }
  socket.write(data, done);
}
