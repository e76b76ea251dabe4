import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { err, ok, type Result } from '@xmpp-groups/core/result';
import type { Registry } from 'prom-client';
import { hostAndPort } from '../link/problems.js';
import type { Avatars, Page } from './avatars.js';

/** What the pages show. */
export interface HttpSource {
  /** Whether stanzas are being served now. */
  ready(): boolean;
  readonly registry: Registry;
  /** Hears why a page could not be made; whoever asked for it does not. */
  problem(error: unknown): void;
  /** Absent where avatars have no address. */
  readonly avatars?: Avatars | undefined;
}

export interface HttpServer {
  /** The port that is listened on, also where the system chose it. */
  readonly port: number;
  close(): Promise<void>;
}

const text = (status: number, content: string): Page => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  content,
});

function pages({ ready, registry }: HttpSource): ReadonlyMap<string, () => Promise<Page>> {
  return new Map<string, () => Promise<Page>>([
    ['/healthz', async () => text(200, 'alive\n')],
    [
      '/readyz',
      async () => (ready() ? text(200, 'ready\n') : text(503, 'not connected to the XMPP server\n')),
    ],
    [
      '/metrics',
      async () => ({
        status: 200,
        headers: { 'content-type': registry.contentType },
        content: await registry.metrics(),
      }),
    ],
  ]);
}

async function pageFor(
  known: ReturnType<typeof pages>,
  { avatars, problem }: HttpSource,
  { url, method, headers }: IncomingMessage,
): Promise<Page> {
  const path = url?.split('?', 1)[0] ?? '';
  const page = known.get(path) ?? avatars?.(path, headers);
  if (page === undefined) return text(404, `there are ${[...known.keys()].join(', ')}\n`);
  if (method !== 'GET' && method !== 'HEAD') {
    const refused = text(405, 'only GET and HEAD\n');
    return { ...refused, headers: { ...refused.headers, allow: 'GET, HEAD' } };
  }
  try {
    return await page();
  } catch (error) {
    problem(error);
    return text(500, 'this page could not be made; the log says why\n');
  }
}

function respond(response: ServerResponse, { status, headers, content }: Page): void {
  const length = status === 304 ? {} : { 'content-length': Buffer.byteLength(content) };
  response.writeHead(status, { ...headers, ...length });
  response.end(content);
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
 * `/metrics` (Prometheus text format), and avatars where they have an address.
 * @returns the server, listening, or one sentence that says why it cannot
 */
export async function startHttp(
  address: { readonly host: string; readonly port: number },
  source: HttpSource,
): Promise<Result<HttpServer, string>> {
  const known = pages(source);
  const server = createServer((request, response) => {
    void pageFor(known, source, request).then((page) => respond(response, page));
  });
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
