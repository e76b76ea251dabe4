import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { err, ok, type Result } from '@xmpp-groups/core/result';
import type { Registry } from 'prom-client';
import { hostAndPort } from './link/problems.js';

/** What the pages show. */
export interface HttpSource {
  /** Whether stanzas are being served now. */
  ready(): boolean;
  readonly registry: Registry;
}

export interface HttpServer {
  /** The port that is listened on, also where the system chose it. */
  readonly port: number;
  close(): Promise<void>;
}

const TEXT = 'text/plain; charset=utf-8';

type Page = () => Promise<{ status: number; type: string; content: string }>;

function pages({ ready, registry }: HttpSource): ReadonlyMap<string, Page> {
  return new Map<string, Page>([
    ['/healthz', async () => ({ status: 200, type: TEXT, content: 'alive\n' })],
    [
      '/readyz',
      async () =>
        ready()
          ? { status: 200, type: TEXT, content: 'ready\n' }
          : { status: 503, type: TEXT, content: 'not connected to the XMPP server\n' },
    ],
    [
      '/metrics',
      async () => ({ status: 200, type: registry.contentType, content: await registry.metrics() }),
    ],
  ]);
}

function respond(response: ServerResponse, status: number, type: string, content: string): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(content) });
  response.end(content);
}

async function answer(
  known: ReadonlyMap<string, Page>,
  { url, method }: IncomingMessage,
  response: ServerResponse,
) {
  const page = known.get(url?.split('?', 1)[0] ?? '');
  if (page === undefined) return respond(response, 404, TEXT, `there are ${[...known.keys()].join(', ')}\n`);
  if (method !== 'GET' && method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return respond(response, 405, TEXT, 'only GET and HEAD\n');
  }
  try {
    const { status, type, content } = await page();
    respond(response, status, type, content);
  } catch (error) {
    respond(response, 500, TEXT, `${error instanceof Error ? error.message : String(error)}\n`);
  }
}

function listenProblem(error: unknown, address: { host: string; port: number }): string {
  const where = hostAndPort(address);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return `http.listen: ${where} is in use; stop the other program or give another port`;
    case 'EACCES':
      return `http.listen: ${where} may not be used by this user; give a port above 1023`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `http.listen: ${address.host} is no address of this machine; give one that is, such as 127.0.0.1`;
  }
  return `http.listen: cannot listen on ${where}: ${error instanceof Error ? error.message : String(error)}`;
}

/**
 * Serves `/healthz` (200 while the process runs), `/readyz` (200 while stanzas are served, else 503) and
 * `/metrics` (Prometheus text format).
 * @returns the server, listening, or one sentence that says why it cannot
 */
export async function startHttp(
  address: { readonly host: string; readonly port: number },
  source: HttpSource,
): Promise<Result<HttpServer, string>> {
  const known = pages(source);
  const server = createServer((request, response) => void answer(known, request, response));
  try {
    server.listen(address.port, address.host);
    await once(server, 'listening');
  } catch (error) {
    return err(listenProblem(error, address));
  }
  const bound = server.address();
  return ok({
    port: typeof bound === 'object' && bound !== null ? bound.port : address.port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  });
}
