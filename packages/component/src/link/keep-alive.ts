/** Regular pings on one connection. */
export interface KeepAlive {
  stop(): void;
}

/** How often to ping, and how long the server may then be silent, which must be shorter, in milliseconds. */
export interface Rhythm {
  readonly everyMs: number;
  readonly graceMs: number;
}

/**
 * Sends a ping every `everyMs`, and calls `silent` when no byte at all came in within `graceMs` after one:
 * a peer that lost power or its network closes nothing, and a write to it succeeds for many minutes.
 */
export function keepAlive(
  socket: { readonly bytesRead: number },
  rhythm: Rhythm,
  ping: () => void,
  silent: () => void,
): KeepAlive {
  let grace: NodeJS.Timeout | undefined;
  const beat = setInterval(() => {
    const before = socket.bytesRead;
    ping();
    clearTimeout(grace);
    grace = setTimeout(() => {
      if (socket.bytesRead === before) silent();
    }, rhythm.graceMs);
  }, rhythm.everyMs);
  return {
    stop: () => {
      clearInterval(beat);
      clearTimeout(grace);
    },
  };
}
