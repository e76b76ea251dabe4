import { createServer } from 'node:net';

/**
 * Below Linux' range for outgoing connections (32768 and up): a port from that range can be taken by any
 * client between the moment it was found free and the moment a server, or a restarted one, binds it.
 */
const LOWEST = 20_000;
const HIGHEST = 32_000;

/** Test files that run at the same time, in processes of their own, look for ports in different places. */
const PLACES = 8;
const place = Number(process.env.VITEST_POOL_ID ?? 0) % PLACES;
const FIRST = LOWEST + place * ((HIGHEST - LOWEST) / PLACES);
const LAST = FIRST + (HIGHEST - LOWEST) / PLACES;

const handedOut = new Set<number>();

/** Binds `port` on 127.0.0.1 for a moment. `false` when somebody else has it. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** One TCP port that is free on 127.0.0.1 and that this process has not been given before. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    if (handedOut.has(port)) continue;
    handedOut.add(port);
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port was found between ${FIRST} and ${LAST} on 127.0.0.1.`);
}

/** `count` different free TCP ports on 127.0.0.1. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) ports.push(await freePort());
  return ports;
}
