import { connect, createServer, type Socket } from 'node:net';

/** A way between two programs that can be cut. */
export interface Proxy {
  /** Listens, and passes everything on to `port`; returns the port to connect to. */
  listen(port: number): Promise<number>;
  /** Breaks all connections, in the middle of whatever they carry. New ones are accepted. */
  cut(): void;
  close(): Promise<void>;
}

export function createProxy(): Proxy {
  const sockets = new Set<Socket>();
  let target = 0;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    // A broken connection is what this is about; who had it notices by himself.
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const server = createServer((inner) => {
    const outer = connect(target, '127.0.0.1');
    keep(inner);
    keep(outer);
    inner.pipe(outer).pipe(inner);
  });
  return {
    listen: (port) => {
      target = port;
      return new Promise((resolve, reject) => {
        server.listen(0, '127.0.0.1', () => {
          const address = server.address();
          if (typeof address === 'object' && address !== null) resolve(address.port);
          else reject(new Error('the proxy has no port'));
        });
      });
    },
    cut: () => {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
